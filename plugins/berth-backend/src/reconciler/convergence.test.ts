import fc from 'fast-check';
import {
  KubeError,
  NAMESPACES,
  NETWORK_POLICIES,
  ROLE_BINDINGS,
} from '../kube';
import { CLUSTER_ID_LABEL } from './desired';
import { FakeCluster } from '../../__testUtils__/FakeCluster';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from './__testUtils__/fakes';
import { ProfileNetworkPolicy } from './profiles/types';
import { ClusterSession } from './ClusterSession';
import { RoleBindingObject } from './types';

/*
 * Whatever people do to the shares, the profile and the cluster, and wherever the reconciler dies: once it
 * runs undisturbed, the cluster matches the portal, objects of others are untouched, and nothing more is
 * written.
 */

const NAMES = ['a', 'b', 'c'];
const anyName = fc.constantFrom(...NAMES);

const policies: fc.Arbitrary<ProfileNetworkPolicy[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('p', 'q'),
    spec: fc.constantFrom(
      ...[[], [{}]].map(ingress => ({
        podSelector: {},
        policyTypes: ['Ingress' as const],
        ingress,
        egress: [],
      })),
    ),
  }),
  { selector: ({ name }) => name, maxLength: 2 },
);

type Step =
  | { type: 'share' | 'unshare'; name: string }
  | { type: 'profile'; policies: ProfileNetworkPolicy[] }
  | { type: 'drift'; name: string; how: (typeof DRIFTS)[number] }
  | { type: 'pass'; diesAt?: number; answered?: boolean };

const DRIFTS = [
  'strip binding labels',
  'change subjects',
  'change role',
  'delete binding',
  'open policies',
  'strip policy labels',
  'delete policies',
  'replace binding',
  'strip namespace labels',
  'delete namespace',
] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constantFrom('share' as const, 'unshare' as const),
    name: anyName,
  }),
  fc.record({ type: fc.constant('profile' as const), policies }),
  fc.record({
    type: fc.constant('drift' as const),
    name: anyName,
    how: fc.constantFrom(...DRIFTS),
  }),
  fc.record(
    {
      type: fc.constant('pass' as const),
      diesAt: fc.integer({ min: 0, max: 12 }),
      answered: fc.boolean(),
    },
    { requiredKeys: ['type'] },
  ),
);

class World {
  readonly cluster = new FakeCluster();
  readonly shares = new FakeShares();
  readonly inventory = new FakeInventory();
  readonly shared = new Set<string>();
  policies: ProfileNetworkPolicy[] = [];
  readonly #reconciler = testReconciler({
    shares: this.shares,
    inventory: this.inventory,
    client: this.cluster,
    tenants: {
      read: async () => ({
        ...NO_TENANTS,
        profiles: { group: { name: 'all', networkPolicies: this.policies } },
      }),
    },
  });

  constructor() {
    this.cluster.put(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'foreign' },
    });
    this.cluster.put(ROLE_BINDINGS, foreignBinding('foreign', 'theirs'));
  }

  async do(one: Step) {
    switch (one.type) {
      case 'share':
      case 'unshare':
        this.shared[one.type === 'share' ? 'add' : 'delete'](one.name);
        await this.shares.replace(
          CLUSTER.id,
          [...this.shared].map(shared => `group:default/${shared}`),
        );
        break;
      case 'profile':
        this.policies = one.policies;
        break;
      case 'drift':
        this.#drift(one.name, one.how);
        break;
      case 'pass':
        await this.#pass(one.diesAt, one.answered);
        break;
      default:
        throw new Error(`No such step: ${one satisfies never}`);
    }
  }

  async settle() {
    await this.#pass();
    await this.#pass();
  }

  async #pass(diesAt = Infinity, answered = false) {
    let writes = 0;
    const die = (call: string) => {
      // A dead process stays dead: later calls of the same pass fail, too.
      if (!call.startsWith('get ') && writes++ >= diesAt) {
        throw new KubeError('TCP', 'died');
      }
    };
    this.cluster[answered ? 'before' : 'after'] = die;
    this.inventory.before = die;
    await this.#reconciler.reconcile(
      CLUSTER,
      new ClusterSession(fakeLease()),
      new AbortController().signal,
    );
    this.cluster.before = this.cluster.after = this.inventory.before = () => {};
  }

  #drift(namespace: string, how: (typeof DRIFTS)[number]) {
    const binding = this.cluster.binding(namespace);
    const object = this.cluster.namespace(namespace);
    const change = (to: Partial<RoleBindingObject>, metadata = {}) =>
      binding &&
      this.cluster.put(ROLE_BINDINGS, {
        ...binding,
        ...to,
        metadata: { ...binding.metadata, ...metadata },
      });
    switch (how) {
      case 'strip binding labels':
        change({}, { labels: {} });
        break;
      case 'change subjects':
        change({ subjects: [{ kind: 'User', name: 'mallory' }] });
        break;
      case 'open policies':
      case 'strip policy labels':
        for (const policy of this.cluster.policies(namespace)) {
          const opened = { ...policy.spec, ingress: [{}], egress: [{}] };
          this.cluster.put(NETWORK_POLICIES, {
            ...policy,
            ...(how === 'open policies'
              ? { spec: opened }
              : { metadata: { ...policy.metadata, labels: {} } }),
          });
        }
        break;
      case 'delete policies':
        for (const { kind, metadata } of this.cluster.policies(namespace)) {
          this.cluster.remove(kind, metadata.name, namespace);
        }
        break;
      case 'delete binding':
        this.cluster.remove(
          'RoleBinding',
          `berth:admin:${namespace}`,
          namespace,
        );
        break;
      case 'change role':
      case 'replace binding':
        if (binding) {
          this.cluster.remove('RoleBinding', binding.metadata.name, namespace);
          this.cluster.put(ROLE_BINDINGS, {
            ...foreignBinding(namespace, binding.metadata.name),
            ...(how === 'change role' && { roleRef: binding.roleRef }),
          });
        }
        break;
      case 'strip namespace labels':
        if (object) {
          this.cluster.put(NAMESPACES, {
            ...object,
            metadata: { ...object.metadata, labels: {} },
          });
        }
        break;
      case 'delete namespace':
        this.cluster.remove('Namespace', namespace);
        break;
      default:
        throw new Error(`No such drift: ${how satisfies never}`);
    }
  }
}

function foreignBinding(namespace: string, bindingName: string) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: bindingName, namespace },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'view',
    },
    subjects: [{ kind: 'User', name: 'mallory' }],
  };
}

/** Describes the access of a group in the namespace of its name. */
async function verdict(world: World, name: string): Promise<string> {
  const { cluster, shares } = world;
  const binding = cluster.binding(name);
  const subjects = binding?.subjects?.map(subject => subject.name).join();
  if (subjects !== name) {
    const state = await shares.state(`group:default/${name}`);
    // Happens only if the process died before the inventory recorded the namespace, and the labels were removed
    // then.
    return state === 'Failed NamespaceExists' && !isLabelled(world, name)
      ? 'left alone'
      : 'not granted';
  }
  return binding?.roleRef.name === 'admin' &&
    binding.metadata.labels?.[CLUSTER_ID_LABEL] === CLUSTER.id &&
    isLabelled(world, name) &&
    (await shares.state(`group:default/${name}`)) === 'Ready'
    ? 'granted'
    : 'granted wrongly';
}

/** Returns the policies with our labels. */
function policiesIn({ cluster }: World, namespace: string) {
  return cluster
    .policies(namespace)
    .filter(
      ({ metadata }) => metadata.labels?.[CLUSTER_ID_LABEL] === CLUSTER.id,
    )
    .map(({ metadata: { name }, spec }) => ({ name, spec }))
    .sort(byName);
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1;
}

function isLabelled({ cluster }: World, name: string): boolean {
  const labels = cluster.namespace(name)?.metadata.labels;
  return labels?.[CLUSTER_ID_LABEL] === CLUSTER.id;
}

jest.setTimeout(60_000);

describe('convergence', () => {
  it('S33 S34 S35 S43 holds for any interleaving of shares, profiles, drift and deaths', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        async steps => {
          const world = new World();
          const foreign = JSON.stringify(
            world.cluster.binding('foreign', 'theirs'),
          );
          for (const one of steps) {
            await world.do(one);
          }
          await world.settle();
          const { cluster, shares, inventory, shared } = world;

          for (const one of NAMES) {
            const right = shared.has(one)
              ? ['granted', 'left alone']
              : ['not granted'];
            const found = await verdict(world, one);
            expect(right).toContain(found);
            const policiesWith: Record<string, unknown> = {
              granted: [...world.policies].sort(byName),
              'not granted': [],
              'left alone': expect.anything(),
            };
            expect(policiesIn(world, one)).toEqual(policiesWith[found]);
          }
          expect(JSON.stringify(cluster.binding('foreign', 'theirs'))).toBe(
            foreign,
          );
          const recorded = (await inventory.list()).filter(
            ({ kind }) => kind === 'RoleBinding',
          );
          expect(
            recorded.filter(
              ({ namespace, uid }) => !shared.has(namespace) || !uid,
            ),
          ).toEqual(
            // The process died between intent and result, and then the namespace became another person's.
            recorded.filter(
              ({ namespace, uid }) =>
                !uid && shared.has(namespace) && !isLabelled(world, namespace),
            ),
          );

          const before = [
            cluster.writes.length,
            inventory.writes,
            shares.writes,
          ];
          await world.do({ type: 'pass' });
          expect([
            cluster.writes.length,
            inventory.writes,
            shares.writes,
          ]).toEqual(before);
        },
      ),
    );
  });
});
