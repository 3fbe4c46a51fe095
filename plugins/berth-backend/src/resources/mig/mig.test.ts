import { gpuPodsOf } from './gpuPods';
import { migConfigurationsOf } from './migConfigurations';

const configMap = (text: string) => ({ data: { 'config.yaml': text } });

describe('migConfigurationsOf', () => {
  it('describes how each configuration divides GPUs', () => {
    expect(
      migConfigurationsOf(
        configMap(`
version: v1
mig-configs:
  all-disabled:
    - devices: all
      mig-enabled: false
  all-balanced:
    - device-filter: ["0x20B010DE"]
      devices: all
      mig-enabled: true
      mig-devices: {"1g.5gb": 2, "3g.20gb": 1}
    - device-filter: ["0x233010DE"]
      devices: all
      mig-enabled: true
      mig-devices: {"1g.10gb": 2, "3g.40gb": 1}
  listed:
    - {devices: [0], mig-enabled: true, mig-devices: [3g.20gb, 3g.20gb]}
`),
      ),
    ).toEqual([
      { name: 'all-disabled', layouts: [''] },
      {
        name: 'all-balanced',
        layouts: ['1g.5gb × 2, 3g.20gb × 1', '1g.10gb × 2, 3g.40gb × 1'],
      },
      { name: 'listed', layouts: ['3g.20gb, 3g.20gb'] },
    ]);
  });

  it('S32 leaves out what is no configuration', () => {
    expect(
      migConfigurationsOf(
        configMap('mig-configs: {a b: [], "": [], x: 7, z: [null, 1]}'),
      ),
    ).toEqual([
      { name: 'x', layouts: [] },
      { name: 'z', layouts: [] },
    ]);
    expect(migConfigurationsOf(configMap('mig-configs: 7'))).toEqual([]);
    expect(migConfigurationsOf(configMap('7: 8'))).toEqual([]);
    for (const broken of [{}, configMap('a: [')]) {
      expect(() => migConfigurationsOf(broken)).toThrow('config.yaml');
    }
  });
});

describe('gpuPodsOf', () => {
  const pod = (resources: object, more: object = {}) => ({
    metadata: { namespace: 'a', name: 'p' },
    spec: { nodeName: 'n', containers: [{ resources }], ...more },
  });

  it('finds GPUs in limits, requests and init containers', () => {
    const gpu = { 'nvidia.com/gpu': '1' };
    expect(
      gpuPodsOf([
        pod({ limits: gpu }),
        pod({ requests: gpu, limits: gpu }),
        pod({}, { initContainers: [{ resources: { limits: gpu } }] }),
      ]),
    ).toEqual(Array(3).fill({ namespace: 'a', name: 'p', resources: gpu }));
  });

  it('leaves out pods without GPUs, and those that ended', () => {
    expect(
      gpuPodsOf([
        pod({ limits: { cpu: '1', 'nvidia.com/gpu': '0' } }),
        {
          ...pod({ limits: { 'nvidia.com/gpu': '1' } }),
          status: { phase: 'Failed' },
        },
      ]),
    ).toEqual([]);
  });
});
