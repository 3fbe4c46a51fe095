import { KubeClient, KubeError, KubeObject, KubeResource } from '../../../kube';
import { ClusterRecord } from '../../../model/clusters';
import { CLUSTER } from '../../__testUtils__/fakes';
import { ClusterCapabilities } from './ClusterCapabilities';

const MINUTE = 60_000;
const CONNECTED: ClusterRecord = {
  ...CLUSTER,
  status: { state: 'Connected', version: 'v1.33.1' },
};

/** A cluster of one node with Calico. */
function setUp(uid = 'uid-1') {
  const world: { calls: number; failure?: Error; now: number } = {
    calls: 0,
    now: 0,
  };
  const client = {
    version: async () => ({ gitVersion: 'v1.33.1' }),
    get: async ({ kind }: KubeResource) =>
      kind === 'Namespace'
        ? { metadata: { name: 'kube-system', uid } }
        : undefined,
    async *list(): AsyncIterable<KubeObject> {
      world.calls += 1;
      if (world.failure) {
        throw world.failure;
      }
      yield {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name: 'n1',
          annotations: { 'projectcalico.org/IPv4Address': '10.0.0.1/24' },
        },
      };
    },
  } as unknown as KubeClient;
  const capabilities = new ClusterCapabilities(
    () => client,
    { featuresOf: async () => ['pullSecrets'] },
    [],
    () => world.now,
  );
  return { world, capabilities };
}

describe('ClusterCapabilities', () => {
  it('P19 reads the version, the network plugin and the policy pack', async () => {
    const { capabilities } = setUp();
    expect(await capabilities.read(CONNECTED)).toEqual({
      capabilities: {
        version: 'v1.33.1',
        features: ['pullSecrets'],
        networkPlugin: { name: 'Calico', enforces: true },
        pack: {
          'identity.berth.dev': 'missing',
          'placement.berth.dev': 'missing',
        },
        settings: { sizeClasses: [] },
      },
    });
  });

  it('reads a cluster once a minute, however many people ask', async () => {
    const { world, capabilities } = setUp();
    await Promise.all(
      Array.from({ length: 20 }, () => capabilities.read(CONNECTED)),
    );
    expect(world.calls).toBe(1);
    world.now = MINUTE;
    await capabilities.read(CONNECTED);
    expect(world.calls).toBe(2);
    await capabilities.read({ ...CONNECTED, revision: 2 });
    expect(world.calls).toBe(3);
  });

  it('knows only the version of a cluster that does not answer', async () => {
    const { world, capabilities } = setUp();
    world.failure = new KubeError('TCP', 'No connection to 10.0.0.1:6443');
    expect(await capabilities.read(CONNECTED)).toEqual({
      capabilities: {
        version: 'v1.33.1',
        features: [],
        settings: { sizeClasses: [] },
      },
      failure: { cause: 'TCP', message: 'No connection to 10.0.0.1:6443' },
    });
  });

  it('claims nothing of another cluster that answers at the address', async () => {
    const { world, capabilities } = setUp('uid-of-another');
    const found = await capabilities.read({
      ...CONNECTED,
      kubeSystemUid: 'uid-1',
    });
    expect(found.failure?.cause).toBe('AnotherCluster');
    expect(found.capabilities.networkPlugin).toBeUndefined();
    expect(world.calls).toBe(0);
  });
});
