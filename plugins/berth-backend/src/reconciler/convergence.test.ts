import fc from 'fast-check';
import { KubeError, NAMESPACES, ROLE_BINDINGS } from '../kube';
import { CLUSTER_ID_LABEL } from './desired';
import { FakeCluster } from './__testUtils__/FakeCluster';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  testReconciler,
} from './__testUtils__/fakes';
import { Session } from './Session';
import { RoleBindingObject } from './types';

/*
 * Whatever people do to the shares and to the cluster, and wherever the reconciler dies, once it is left
 * in peace the cluster is as the portal says, what is not Berth's is untouched, and nothing more is written.
 */

const NAMES = ['a', 'b', 'c'];
const anyName = fc.constantFrom(...NAMES);

type Step =
  | { type: 'share' | 'unshare'; name: string }
  | { type: 'drift'; name: string; how: (typeof DRIFTS)[number] }
  | { type: 'pass'; diesAt?: number; answered?: boolean };

const DRIFTS = [
  'strip binding labels',
  'change subjects',
  'change role',
  'delete binding',
  'replace binding',
  'strip namespace labels',
  'delete namespace',
] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constantFrom('share' as const, 'unshare' as const),
    name: anyName,
  }),
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
  readonly #reconciler = testReconciler({
    shares: this.shares,
    inventory: this.inventory,
    client: this.cluster,
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
      // What is dead stays dead: later calls of the same pass do not come through either.
      if (!call.startsWith('get ') && writes++ >= diesAt) {
        throw new KubeError('TCP', 'died');
      }
    };
    this.cluster[answered ? 'before' : 'after'] = die;
    this.inventory.before = die;
    await this.#reconciler.reconcile(
      CLUSTER,
      new Session(fakeLease()),
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
    subjects: [{ kind: 'User', name: 'somebody' }],
  };
}

/** What a group has in the namespace of its name. */
async function verdict(world: World, name: string): Promise<string> {
  const { cluster, shares } = world;
  const binding = cluster.binding(name);
  const subjects = binding?.subjects?.map(subject => subject.name).join();
  if (subjects !== name) {
    const state = await shares.state(`group:default/${name}`);
    // Only where we died before the inventory knew the namespace, and then its labels went.
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

function isLabelled({ cluster }: World, name: string): boolean {
  const labels = cluster.namespace(name)?.metadata.labels;
  return labels?.[CLUSTER_ID_LABEL] === CLUSTER.id;
}

describe('convergence', () => {
  it('S33 S34 S35 S43 holds for any interleaving of shares, drift and deaths', async () => {
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
            expect(right).toContain(await verdict(world, one));
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
            // Died between intent and result, and then the namespace became somebody else's.
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
      { numRuns: 400 },
    );
  });
});
