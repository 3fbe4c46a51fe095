import { KubeClient, KubeError } from '../../kube';
import { probeCluster } from './probeCluster';

type Capacity = Record<string, unknown>;

function clientWith(
  capacities: (Capacity | undefined)[],
  changes: Partial<KubeClient> = {},
): KubeClient {
  return {
    version: async () => ({ gitVersion: 'v1.33.1' }),
    async *list() {
      for (const [index, capacity] of capacities.entries()) {
        yield {
          apiVersion: 'v1',
          kind: 'Node',
          metadata: { name: `node-${index}` },
          ...(capacity && { status: { capacity } }),
        };
      }
    },
    ...changes,
  } as KubeClient;
}

const CLUSTER = { name: 'prod01' };

describe('probeCluster', () => {
  it('S25 reports the UID of another cluster at the same address', async () => {
    const client = clientWith([], {
      get: (async () => ({ metadata: { uid: 'uid-2' } })) as never,
    });
    const probe = (kubeSystemUid: string) =>
      probeCluster(client, { ...CLUSTER, kubeSystemUid });
    await expect(probe('uid-2')).resolves.toMatchObject({ state: 'Connected' });
    await expect(probe('uid-1')).resolves.toMatchObject({
      state: 'Untrusted',
      cause: 'AnotherCluster',
      foundUid: 'uid-2',
      problem: expect.stringContaining('has the UID uid-2'),
    });
  });

  it.each<[string, (Capacity | undefined)[], object]>([
    [
      'no nodes',
      [],
      { nodes: 0, cpu: '0', memory: '0', pods: 0, gpus: 0, advertisedGpus: 0 },
    ],
    [
      'nodes without capacity',
      [undefined, {}],
      { nodes: 2, cpu: '0', memory: '0', pods: 0, gpus: 0, advertisedGpus: 0 },
    ],
    [
      'mixed notations, exactly',
      [
        { cpu: '3920m', memory: '16393252Ki', pods: '110' },
        { cpu: '4.08', memory: '16Gi', 'ephemeral-storage': '1Ti' },
      ],
      {
        nodes: 2,
        cpu: '8',
        memory: '33170468Ki',
        pods: 110,
        gpus: 0,
        advertisedGpus: 0,
      },
    ],
    [
      'GPUs of all vendors and nothing that is only like them',
      [
        { 'nvidia.com/gpu': '8', 'amd.com/gpu': '2' },
        { 'gpu.intel.com/i915': '1', 'gpu.intel.com/tiles': '4', gpu: '7' },
      ],
      {
        nodes: 2,
        cpu: '0',
        memory: '0',
        pods: 0,
        gpus: 11,
        advertisedGpus: 11,
      },
    ],
    [
      'more than a double can hold',
      Array.from({ length: 3 }, () => ({
        cpu: '0.1',
        memory: '4503599627370497',
      })),
      {
        nodes: 3,
        cpu: '300m',
        memory: '13510798882111491',
        pods: 0,
        gpus: 0,
        advertisedGpus: 0,
      },
    ],
  ])('sums %s', async (_, capacities, figures) => {
    await expect(
      probeCluster(clientWith(capacities), CLUSTER),
    ).resolves.toEqual({
      state: 'Connected',
      version: 'v1.33.1',
      ...figures,
    });
  });

  it('sums the allocatable amounts of requestable resources', async () => {
    const nodes = [
      { cpu: '3920m', memory: '7Gi', pods: '110', 'nvidia.com/gpu': '4' },
      { cpu: '80m', 'hugepages-2Mi': '0', 'attachable-volumes-csi': '25' },
    ];
    const client = clientWith([], {
      async *list() {
        for (const allocatable of nodes) {
          yield {
            apiVersion: 'v1',
            kind: 'Node',
            metadata: { name: 'node' },
            status: { allocatable },
          } as never;
        }
      },
    });
    await expect(probeCluster(client, CLUSTER)).resolves.toMatchObject({
      allocatable: {
        cpu: '4',
        memory: '7Gi',
        pods: '110',
        'nvidia.com/gpu': '4',
      },
    });
  });

  it('reports no number of GPUs if one node does not', async () => {
    const figures = await probeCluster(
      clientWith([{ 'nvidia.com/gpu': '2' }, { 'nvidia.com/mig-1g.5gb': '7' }]),
      CLUSTER,
    );
    expect(figures).toMatchObject({ advertisedGpus: 9 });
    expect(figures).not.toHaveProperty('gpus');
  });

  it.each<[string, unknown]>([
    ['words', 'lots'],
    ['an object', {}],
    ['nothing', undefined],
    ['megabytes of digits', '1'.repeat(1_000_000)],
    ['more than there can be', '1e999'],
    ['less than nothing', '-1'],
  ])(
    'S32 refuses a capacity of %s as an answer of an API server',
    async (_, cpu) => {
      await expect(
        probeCluster(clientWith([{ cpu: '1' }, { cpu }]), CLUSTER),
      ).resolves.toMatchObject({
        state: 'Unreachable',
        cause: 'Protocol',
        problem: expect.stringMatching(
          /^Node "node-1" has a capacity of .{1,90} for "cpu"/,
        ),
      });
    },
  );

  it('reports a refusal of the cluster', async () => {
    const refused = (failure: 'Unauthorized' | 'Forbidden') => async () => {
      throw new KubeError(failure, `It says ${failure}`);
    };
    await expect(
      probeCluster(
        clientWith([], { version: refused('Unauthorized') }),
        CLUSTER,
      ),
    ).resolves.toMatchObject({ state: 'Unauthorized' });
    const listRefused = clientWith([], {
      // eslint-disable-next-line require-yield -- it fails before the first node
      async *list() {
        await refused('Forbidden')();
      },
    });
    await expect(probeCluster(listRefused, CLUSTER)).resolves.toMatchObject({
      state: 'Forbidden',
      problem: 'It says Forbidden',
    });
  });

  it('throws failures that the cluster did not cause', async () => {
    const client = clientWith([], {
      version: async () => {
        throw new Error('no signing key');
      },
    });
    await expect(probeCluster(client, CLUSTER)).rejects.toThrow(
      'no signing key',
    );
  });
});
