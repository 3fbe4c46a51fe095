import { PodRequests } from './PodRequests';
import { presentNode } from './presentNode';

const requests = (cpu: string, more: object = {}) => ({
  resources: { requests: { cpu } },
  ...more,
});

describe('presentNode', () => {
  it('trims a node with GPUs', () => {
    expect(
      presentNode({
        metadata: {
          name: 'gpu-1',
          uid: 'u',
          labels: {
            'node-role.kubernetes.io/worker': '',
            'nvidia.com/gpu.product': 'Tesla-T4-SHARED',
            'nvidia.com/gpu.memory': '15360',
            'nvidia.com/gpu.count': '2',
            'nvidia.com/gpu.replicas': '4',
            'nvidia.com/gpu.sharing-strategy': 'time-slicing',
            'nvidia.com/mig.config': 'all-disabled',
            'nvidia.com/mig.config.state': 'success',
          },
        },
        spec: {
          unschedulable: true,
          taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }],
          providerID: 'aws:///i-1',
        },
        status: {
          capacity: { cpu: '8', 'nvidia.com/gpu': '8', bad: 'x' },
          allocatable: { cpu: '7900m', 'nvidia.com/gpu': 8 },
          conditions: [
            { type: 'Ready', status: 'True', reason: 'KubeletReady' },
          ],
          nodeInfo: { kubeletVersion: 'v1.33.1', architecture: 'amd64' },
          images: [{ names: ['x'] }],
        },
      }),
    ).toEqual({
      name: 'gpu-1',
      uid: 'u',
      ready: true,
      cordoned: true,
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
      roles: ['worker'],
      version: 'v1.33.1',
      architecture: 'amd64',
      taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }],
      capacity: { cpu: '8', 'nvidia.com/gpu': '8' },
      allocatable: { cpu: '7900m', 'nvidia.com/gpu': '8' },
      gpu: {
        advertised: 8,
        physical: 2,
        product: 'Tesla-T4-SHARED',
        memory: '15360',
        sharingStrategy: 'time-slicing',
        replicas: '4',
        migConfig: 'all-disabled',
        migConfigState: 'success',
      },
    });
  });

  it('S32 reads nothing into what is no node', () => {
    for (const item of [undefined, 'x', {}, { metadata: { name: 3 } }]) {
      expect(presentNode(item)).toBeUndefined();
    }
    expect(
      presentNode({
        metadata: { name: 'a', labels: 'x' },
        spec: { taints: 'x' },
        status: { capacity: ['x'], conditions: [null, 7] },
      }),
    ).toMatchObject({ ready: false, capacity: {}, conditions: [], taints: [] });
  });
});

describe('PodRequests', () => {
  const sumOf = (...pods: unknown[]) => {
    const sum = new PodRequests();
    pods.forEach(pod => sum.add(pod));
    return sum.toRecord();
  };

  it('adds up what runs, with sidecars, and the most of what starts', () => {
    const spec = (more: object) => ({ spec: { nodeName: 'n', ...more } });
    expect(
      sumOf(
        spec({ containers: [requests('100m'), requests('200m'), {}] }),
        spec({
          initContainers: [
            requests('50m', { restartPolicy: 'Always' }),
            requests('1'),
          ],
          containers: [requests('100m')],
          overhead: { cpu: '10m' },
        }),
      ),
    ).toEqual({ n: { cpu: '1360m', pods: '2' } });
  });

  it('leaves out pods that ended or wait, and amounts that are none', () => {
    const containers = [requests('1')];
    expect(
      sumOf(
        { spec: { containers } },
        { spec: { nodeName: 'n', containers }, status: { phase: 'Succeeded' } },
        { spec: { nodeName: 'n', containers: [requests('much')] } },
        { spec: { nodeName: 'n', containers: 'x' } },
        null,
      ),
    ).toEqual({ n: { pods: '2' } });
  });
});
