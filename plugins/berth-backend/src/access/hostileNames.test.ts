import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { createKubeconfig } from '@berth/plugin-berth-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { parse, parseAllDocuments } from 'yaml';
import { migrate } from '../database/migrate';
import { objectPath } from '../kube/objectPath';
import { NAMESPACES } from '../kube/resources';
import { desired } from '../reconciler/desired';
import { DatabaseClusterStore } from '../registry/DatabaseClusterStore';
import { DatabaseShareStore } from '../tenancy/DatabaseShareStore';
import { ShareRecord } from '../model/clusters';
import { HOSTILE_NAMES } from '../text/__testUtils__/hostileNames';
import { createClusterWith } from './__testUtils__/clusters';
import { personIn } from './__testUtils__/people';
import { tokenClaims } from './claims';
import { kubernetesUsername } from './username';

const TEAM = 'group:default/team-a';

/** Returns all Kubernetes objects in a value, in their order. */
function objectsIn(value: any): object[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return value.apiVersion && value.kind
    ? [value]
    : Object.values(value).flatMap(objectsIn);
}

/** Tests the effects of hostile strings where names are assigned, claimed and written. */
describe('hostile names', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let knex: Knex;
  let clusterId: string;
  let shares: DatabaseShareStore;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    await migrate(knex);
    const clusters = DatabaseClusterStore.create(knex);
    clusterId = (await createClusterWith(clusters, 'one')).id;
    shares = DatabaseShareStore.create(knex);
  });

  const stored = async () =>
    Promise.all(
      ['kubernetes_groups', 'shares', 'namespaces', 'grants'].map(table =>
        knex(table),
      ),
    );

  it.each(HOSTILE_NAMES)('S17 refuses a share with %s', async (_, name) => {
    await expect(
      shares.replace(clusterId, [`group:default/${name}`]),
    ).rejects.toHaveProperty('name', 'InputError');
    expect(await stored()).toEqual([[], [], [], []]);
  });

  it.each(HOSTILE_NAMES)(
    'S17 refuses %s as the name of a group',
    async (_, name) => {
      await expect(
        shares.replace(clusterId, [TEAM], { [TEAM]: name }),
      ).rejects.toHaveProperty('name', 'InputError');
      expect(await stored()).toEqual([[], [], [], []]);
    },
  );

  it.each(HOSTILE_NAMES)(
    'S17 claims nothing when %s is stored nevertheless',
    (_, kubernetesName) => {
      const share = {
        clusterId,
        group: TEAM,
        kubernetesName,
      } as ShareRecord;
      expect(() =>
        tokenClaims(personIn(['team-a']), { id: clusterId }, [share]),
      ).toThrow(JSON.stringify(kubernetesName));
    },
  );

  it.each(HOSTILE_NAMES)('S20 writes %s as one name', (_, name) => {
    const made = desired(
      { id: clusterId, usernamePrefix: '', groupsPrefix: name },
      [{ group: name, kubernetesName: name, namespace: name }],
    );
    expect(objectsIn(JSON.parse(JSON.stringify(made)))).toMatchObject([
      { kind: 'Namespace', metadata: { name } },
      {
        kind: 'RoleBinding',
        metadata: { name: `berth:admin:${name}`, namespace: name },
        roleRef: { kind: 'ClusterRole', name: 'admin' },
        subjects: [{ kind: 'Group', name: `${name}${name}` }],
      },
    ]);
  });

  const isNoSegment = (name: string) =>
    name === '' || name === '..' || /[/%]/.test(name);

  it.each(HOSTILE_NAMES.filter(([, name]) => !isNoSegment(name)))(
    'S20 stays in its place when a path contains %s',
    (_, name) => {
      const path = objectPath(NAMESPACES, { name });
      const { pathname } = new URL(path, 'https://host');
      expect(pathname.split('/')).toHaveLength(5);
      expect(pathname).toMatch(/^\/api\/v1\/namespaces\/./);
    },
  );

  it.each(HOSTILE_NAMES.filter(([, name]) => isNoSegment(name)))(
    'S20 builds no path with %s',
    (_, name) => {
      expect(() => objectPath(NAMESPACES, { name })).toThrow(
        'cannot be part of a Kubernetes API path',
      );
    },
  );

  it('S19 names every user below user:, and no two the same', () => {
    const label = fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/),
      fc.constantFrom(...HOSTILE_NAMES.map(([, name]) => name)),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const namespace = fc.oneof(fc.constant(DEFAULT_NAMESPACE), label);
    const user = fc.record({ namespace, name: label });
    const nameOf = (part: { namespace: string; name: string }) => {
      try {
        return kubernetesUsername(
          stringifyEntityRef({ kind: 'User', ...part }),
        );
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(user, user, (one, other) => {
        const [first, second] = [nameOf(one), nameOf(other)];
        expect(first ?? 'user:').toMatch(/^user:/);
        const same =
          stringifyEntityRef({ kind: 'User', ...one }) ===
          stringifyEntityRef({ kind: 'User', ...other });
        expect(first !== undefined && first === second).toBe(
          first !== undefined && same,
        );
      }),
    );
  });

  it('S20 keeps any text inside its field of a kubeconfig', () => {
    const text = fc.oneof(
      fc.constantFrom(...HOSTILE_NAMES.map(([, name]) => name)),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    const entry = fc.record({
      cluster: text,
      apiServer: text,
      caData: text,
      username: text,
      token: text,
      namespace: text.filter(value => value !== ''),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 3 }), entries => {
        const written = createKubeconfig(entries);
        expect(parseAllDocuments(written)).toHaveLength(1);
        expect(parse(written)).toEqual({
          apiVersion: 'v1',
          kind: 'Config',
          'current-context': entries[0].cluster,
          clusters: entries.map(one => ({
            name: one.cluster,
            cluster: {
              server: one.apiServer,
              'certificate-authority-data': one.caData,
            },
          })),
          users: entries.map(one => ({
            name: `${one.username}@${one.cluster}`,
            user: { token: one.token },
          })),
          contexts: entries.map(one => ({
            name: one.cluster,
            context: {
              cluster: one.cluster,
              user: `${one.username}@${one.cluster}`,
              namespace: one.namespace,
            },
          })),
        });
      }),
    );
  });
});
