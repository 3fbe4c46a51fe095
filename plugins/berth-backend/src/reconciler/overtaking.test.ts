import { FakeCluster } from '../../__testUtils__/FakeCluster';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  testReconciler,
} from './__testUtils__/fakes';
import { LeaseLostError } from './leases/types';
import { ClusterSession } from './ClusterSession';

const QUEUED = 2_000;
const TEAM_A = 'group:default/team-a';

/** A cluster whose namespaces cannot be created until the gate opens. */
class SlowCluster extends FakeCluster {
  readonly waiting: string[] = [];
  open = () => {};
  readonly #gate = new Promise<void>(resolve => {
    this.open = resolve;
  });
  slow = (_name: string) => false;

  async create<T>(...call: unknown[]): Promise<T> {
    const { name } = (call[1] as { metadata: { name: string } }).metadata;
    if (this.slow(name)) {
      this.waiting.push(name);
      await this.#gate;
    }
    return super.create(
      ...(call as Parameters<FakeCluster['create']>),
    ) as Promise<T>;
  }
}

function setUp() {
  const cluster = new SlowCluster();
  const shares = new FakeShares();
  const inventory = new FakeInventory();
  const reconciler = testReconciler({ shares, inventory, client: cluster });
  const lease = fakeLease();
  const session = new ClusterSession(lease);
  const { signal } = new AbortController();
  return {
    cluster,
    lease,
    inventory,
    share: (...groups: string[]) => shares.replace(CLUSTER.id, groups),
    pass: () => reconciler.reconcile(CLUSTER, session, signal),
    revoke: () => reconciler.revoke(CLUSTER, session, signal),
  };
}

const many = Array.from(
  { length: QUEUED },
  (_, index) => `group:default/g${index}`,
);
const until = async (test: () => boolean) => {
  while (!test()) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
};

describe('a revocation', () => {
  it('S35 overtakes a pass with thousands of writes that hang', async () => {
    const { cluster, share, pass, revoke } = setUp();
    await share(TEAM_A);
    await pass();
    cluster.slow = name => name.startsWith('g');
    await share(TEAM_A, ...many);
    const running = pass();
    await until(() => cluster.waiting.length > 0);

    await share(...many);
    await revoke();
    expect(cluster.binding('team-a')).toBeUndefined();
    expect(cluster.bindings()).toHaveLength(0);

    cluster.open();
    await running;
    expect(cluster.bindings()).toHaveLength(QUEUED);
  });

  it('S35 is not undone by a pass that was planned before it', async () => {
    const { cluster, inventory, share, pass, revoke } = setUp();
    await share(TEAM_A);
    await pass();
    // The pass repairs the binding, and must create the namespace first.
    cluster.remove('Namespace', 'team-a');
    cluster.slow = name => name === 'team-a';
    const running = pass();
    await until(() => cluster.waiting.length > 0);
    await share();
    await revoke();
    cluster.open();
    await running;
    expect(cluster.binding('team-a')).toBeUndefined();
    expect((await inventory.list()).map(({ kind }) => kind)).toEqual([
      'Namespace',
    ]);
  });
});

describe('a lost lease', () => {
  it('S41 ends a pass before its next write to the cluster', async () => {
    const { cluster, lease, share, pass } = setUp();
    cluster.slow = name => name.startsWith('g');
    await share(...many);
    const running = pass();
    await until(() => cluster.waiting.length > 0);
    const begun = cluster.waiting.length;
    lease.end(new LeaseLostError(lease));
    cluster.open();
    await running.catch(() => {});
    expect(cluster.waiting).toHaveLength(begun);
    expect(cluster.bindings()).toHaveLength(0);
    expect(cluster.writes).toHaveLength(begun);
  });
});
