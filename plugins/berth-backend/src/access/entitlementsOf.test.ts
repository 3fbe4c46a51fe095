import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import fc from 'fast-check';
import { migrate } from '../database/migrate';
import { TokenClaims } from '../issuer/types';
import { DatabaseClusterStore } from '../registry/DatabaseClusterStore';
import { DatabaseShareStore } from '../tenancy/DatabaseShareStore';
import { ClusterRecord } from '../model/clusters';
import { createClusterWith } from './__testUtils__/clusters';
import { CatalogPersonResolver } from './CatalogPersonResolver';
import { DefaultTokenService } from './DefaultTokenService';

jest.setTimeout(120_000);

const GROUPS = [0, 1, 2, 3, 4, 5];
const ADMINS = 5;

type Step =
  | { change: 'membership'; groups: number[] }
  | { change: 'parents'; group: number; groups: number[] }
  | { change: 'shares'; cluster: 0 | 1; groups: number[] }
  | { change: 'delete' | 'make'; group: number };

const groups = fc.subarray(GROUPS);
const group = fc.constantFrom(...GROUPS);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ change: fc.constant('membership' as const), groups }),
  fc.record({ change: fc.constant('parents' as const), group, groups }),
  {
    weight: 2,
    arbitrary: fc.record({
      change: fc.constant('shares' as const),
      cluster: fc.constantFrom(0 as const, 1 as const),
      groups,
    }),
  },
  fc.record({
    change: fc.constantFrom('delete' as const, 'make' as const),
    group,
  }),
);

const MADE_AGAIN: Step[] = [
  { change: 'membership', groups: [1] },
  { change: 'shares', cluster: 0, groups: [1] },
  { change: 'make', group: 1 },
  { change: 'shares', cluster: 0, groups: [1] },
];

/** A model of the catalog and the shares as plain data, with the simplest rules for entitlements. */
class World {
  readonly name: string;
  memberships: number[] = [];
  readonly parents = new Map<number, number[]>();
  /** The existing groups, with the UIDs of their entities. */
  readonly uids = new Map<number, string>();
  /** The entities that have the shares of each cluster. */
  readonly shares: [Map<number, string>, Map<number, string>] = [
    new Map(),
    new Map(),
  ];
  #made = 0;

  constructor(name: string) {
    this.name = name;
    GROUPS.forEach(one => this.make(one));
  }

  make(one: number) {
    this.#made += 1;
    this.uids.set(one, `uid-${this.#made}`);
  }

  nameOf(one: number) {
    return `${this.name}-g${one}`;
  }

  refOf(one: number) {
    return `group:default/${this.nameOf(one)}`;
  }

  entities(): Entity[] {
    const relations = (type: string, targets: number[]) =>
      targets.map(target => ({ type, targetRef: this.refOf(target) }));
    const apiVersion = 'backstage.io/v1alpha1';
    return [
      {
        apiVersion,
        kind: 'User',
        metadata: { name: 'alice' },
        relations: relations('memberOf', this.memberships),
      },
      ...[...this.uids].map(([one, uid]) => ({
        apiVersion,
        kind: 'Group',
        metadata: { name: this.nameOf(one), uid },
        relations: relations('childOf', this.parents.get(one) ?? []),
      })),
    ];
  }

  /** Returns the groups of alice: existing groups that are reached through existing groups. */
  groups(): number[] {
    const found = new Set<number>();
    const visit = (one: number) => {
      if (this.uids.has(one) && !found.has(one)) {
        found.add(one);
        this.parents.get(one)?.forEach(visit);
      }
    };
    this.memberships.forEach(visit);
    return [...found];
  }

  /** @returns undefined if alice has no access to the cluster */
  entitlement(cluster: 0 | 1): string[] | undefined {
    const shared = this.groups().filter(
      one => this.shares[cluster].get(one) === this.uids.get(one),
    );
    const admin = this.groups().includes(ADMINS);
    return shared.length === 0 && !admin
      ? undefined
      : [
          'cluster-scope',
          ...(admin ? ['cluster-admins'] : []),
          ...shared.map(one => this.nameOf(one)).sort(),
        ];
  }
}

async function failureOf(
  promise: Promise<unknown>,
): Promise<Error | undefined> {
  return promise.then(
    () => undefined,
    error => error,
  );
}

describe('the entitlement of a person', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  it('S20 S10 S21 equals the claims of tokens, for all changes of catalog and shares', async () => {
    const knex = await databases.init('SQLITE_3');
    await migrate(knex);
    const clusterStore = DatabaseClusterStore.create(knex);
    const shares = DatabaseShareStore.create(knex);
    const signed: TokenClaims[] = [];
    const tokens = new DefaultTokenService({
      grants: { listExpiring: async () => [] },
      personal: { isOpenToFormer: async () => false },
      signer: {
        sign: async claims => {
          signed.push(claims);
          return {
            token: '',
            kid: '',
            jti: '',
            issuedAt: new Date(),
            expiresAt: new Date(),
          };
        },
      },
    });
    let worlds = 0;
    const seen = { granted: 0, refused: 0, madeAgain: 0 };

    async function share(
      world: World,
      cluster: ClusterRecord,
      index: 0 | 1,
      wanted: number[],
    ) {
      const existing = wanted.filter(one => world.uids.has(one));
      const uids = Object.fromEntries(
        existing.map(one => [world.refOf(one), world.uids.get(one)!]),
      );
      const refs = existing.map(one => world.refOf(one));
      const error = await failureOf(
        shares.replace(cluster.id, refs, {}, { uids }),
      );
      expect([undefined, 'ConflictError']).toContain(error?.name);
      if (error) {
        // A group that was created again inherits nothing until an admin confirms it, so nothing changes.
        seen.madeAgain += 1;
        return;
      }
      world.shares[index].clear();
      existing.forEach(one =>
        world.shares[index].set(one, world.uids.get(one)!),
      );
    }

    async function mint(world: World, cluster: ClusterRecord) {
      const person = await new CatalogPersonResolver({
        catalog: catalogServiceMock({ entities: world.entities() }),
        adminGroups: new Set([world.refOf(ADMINS)]),
        auditorGroups: new Set(),
      }).resolve(mockCredentials.user('user:default/alice'));
      signed.length = 0;
      const visible = { cluster, shares: await shares.list(cluster.id) };
      const error = await failureOf(tokens.mint(person, visible));
      expect([undefined, 'NotFoundError']).toContain(error?.name);
      const whole = { sub: 'user:alice', aud: cluster.id };
      expect(signed).toMatchObject(error ? [] : [whole]);
      return signed[0]?.groups;
    }

    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 6, maxLength: 14 }),
        async steps => {
          worlds += 1;
          const world = new World(`w${worlds}`);
          const clusters = [
            await createClusterWith(clusterStore, `${world.name}a`),
            await createClusterWith(clusterStore, `${world.name}b`),
          ];
          for (const one of steps) {
            switch (one.change) {
              case 'membership':
                world.memberships = one.groups;
                break;
              case 'parents':
                world.parents.set(one.group, one.groups);
                break;
              case 'shares':
                await share(
                  world,
                  clusters[one.cluster],
                  one.cluster,
                  one.groups,
                );
                break;
              case 'delete':
                world.uids.delete(one.group);
                break;
              default:
                world.make(one.group);
            }
            for (const index of [0, 1] as const) {
              const minted = await mint(world, clusters[index]);
              expect(minted).toEqual(world.entitlement(index));
              seen[minted ? 'granted' : 'refused'] += 1;
            }
          }
        },
      ),
      {
        numRuns: fc.readConfigureGlobal().numRuns ?? 60,
        examples: [[MADE_AGAIN]],
      },
    );
    // The steps must have effects: a property of worlds without any entitlement would prove nothing.
    expect(seen.granted).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(50);
    expect(seen.madeAgain).toBeGreaterThan(0);
  });
});
