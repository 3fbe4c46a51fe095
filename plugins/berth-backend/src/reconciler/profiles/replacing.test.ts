import { ConfigReader } from '@backstage/config';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import { KubeError } from '../../kube';
import { NamespaceRecord } from '../../model/tenancy';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  NO_TENANTS,
  testReconciler,
} from '../__testUtils__/fakes';
import { ClusterSession } from '../ClusterSession';
import { replacedPolicies } from '../replacedPolicies';
import { Tenants } from '../types';
import { readProfiles } from './readProfiles';

const USER = 'user:default/alice';
const TEAM_A = 'group:default/team-a';

/** Policies with these names, each for one type of traffic. */
function policies(
  type: 'Ingress' | 'Egress',
  ...names: string[]
): { name: string; spec: object }[] {
  const spec = { podSelector: {}, policyTypes: [type] };
  return names.map(name => ({ name, spec }));
}

/**
 * @param personal - the policies of the profile for personal namespaces
 * @param group - those of the profile for the namespaces of groups
 */
function setUp(personal: object[], group: object[]) {
  const cluster = new FakeCluster();
  const inventory = new FakeInventory();
  const profiles = Object.fromEntries(
    readProfiles(
      new ConfigReader({
        berth: {
          profiles: [
            { name: 'a', for: 'personal', networkPolicies: personal },
            { name: 'b', for: 'group', networkPolicies: group },
          ],
        },
      } as never),
    ).map(profile => [profile.for, profile]),
  );
  const namespace: NamespaceRecord = {
    clusterId: CLUSTER.id,
    name: 'alice',
    owner: USER,
    origin: 'personal',
    phase: 'Active',
    state: 'Ready',
    since: 'x',
    createdAt: 'x',
  };
  const world: { tenants: Tenants } = {
    tenants: {
      ...NO_TENANTS,
      profiles,
      namespaces: [namespace],
      personal: [
        {
          clusterId: CLUSTER.id,
          name: 'alice',
          user: USER,
          userUid: 'e',
          role: 'edit',
          made: false,
        },
      ],
    },
  };
  const reconciler = testReconciler({
    shares: new FakeShares(),
    inventory,
    client: cluster,
    tenants: { read: async () => world.tenants },
  });
  const session = new ClusterSession(fakeLease());
  const signal = new AbortController().signal;
  return {
    cluster,
    world,
    pass: () => reconciler.reconcile(CLUSTER, session, signal),
    revoke: () => reconciler.revoke(CLUSTER, session, signal),
    /** Gives the namespace to the group. */
    transfer: () => {
      world.tenants = {
        ...world.tenants,
        namespaces: [{ ...namespace, origin: 'request', owner: TEAM_A }],
        personal: [],
      };
    },
    /** The names of the policies in the namespace. */
    names: () => cluster.policies('alice').map(({ metadata }) => metadata.name),
    /** Returns the writes to policies since the last call. */
    writes: () =>
      cluster.writes
        .splice(0)
        .filter(write => write.includes('NetworkPolicy'))
        .map(write => write.replace('NetworkPolicy/alice/', '')),
    /** Lets the cluster refuse a call. */
    refuse: (refused: string) => {
      cluster.before = call => {
        if (call === refused) {
          throw new KubeError('Forbidden', 'no');
        }
      };
    },
  };
}

describe('P8 the network policies of a namespace that changes its kind of owner', () => {
  it('are deleted after those of the other profile are created', async () => {
    const { pass, transfer, writes } = setUp(
      policies('Ingress', 'one', 'both'),
      policies('Egress', 'both', 'two'),
    );
    await pass();
    writes();
    transfer();
    expect(await pass()).toMatchObject({ settled: true, failed: false });
    expect(writes()).toEqual(['apply both', 'apply two', 'delete one']);
    await pass();
    expect(writes()).toEqual([]);
  });

  it('stay while those of the other profile cannot be created', async () => {
    const { cluster, pass, refuse, revoke, transfer, names } = setUp(
      policies('Ingress', 'one'),
      policies('Ingress', 'two'),
    );
    await pass();
    transfer();
    refuse('apply NetworkPolicy/alice/two');
    await revoke();
    expect(names()).toEqual(['one']);
    // The role of the person goes at once.
    expect(cluster.bindings()).toEqual([]);
    expect(await pass()).toMatchObject({ failed: true });
    expect(names()).toEqual(['one']);
    cluster.before = () => {};
    await pass();
    expect(names()).toEqual(['two']);
  });

  it('stay while one of the same name cannot be changed', async () => {
    const { pass, refuse, transfer, names } = setUp(
      policies('Ingress', 'both', 'one'),
      policies('Egress', 'both'),
    );
    await pass();
    transfer();
    refuse('apply NetworkPolicy/alice/both');
    await pass();
    expect(names()).toEqual(['both', 'one']);
  });

  it('go if the other profile has none', async () => {
    const { pass, revoke, transfer, names } = setUp(
      policies('Ingress', 'one'),
      [],
    );
    await pass();
    transfer();
    await revoke();
    expect(names()).toEqual([]);
  });

  it('go although access waits for the IDs of the new owner', async () => {
    const { pass, transfer, names, world } = setUp(
      policies('Ingress', 'one'),
      policies('Ingress', 'two'),
    );
    await pass();
    const { group } = world.tenants.profiles!;
    world.tenants = {
      ...world.tenants,
      profiles: {
        ...world.tenants.profiles,
        group: { ...group!, identity: { gid: 'g', minimum: 1000 } },
      },
    };
    transfer();
    expect(await pass()).toMatchObject({ failed: true });
    expect(names()).toEqual(['two']);
  });

  it('go from a namespace whose name is reserved now', () => {
    const policy = (namespace: string, name: string) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy' as const,
      metadata: { namespace, name },
    });
    const replacedIn = (name: string) => [
      ...replacedPolicies(
        [
          {
            subject: { type: 'namespace', name },
            namespace: {
              apiVersion: 'v1',
              kind: 'Namespace',
              metadata: { name },
            },
            objects: [policy(name, 'two')],
          },
        ],
        [{ kind: 'NetworkPolicy', namespace: name, name: 'one' }],
      ),
    ];
    expect(replacedIn('alice')).toEqual(['NetworkPolicy/alice/one']);
    expect(replacedIn('kube-system')).toEqual([]);
  });
});
