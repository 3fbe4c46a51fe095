import { Quantity } from '@berth/plugin-berth-common';
import { gpusOf } from './gpus';

describe('gpusOf', () => {
  it.each<[string, Record<string, string>, Record<string, string>, object]>([
    ['none', { cpu: '8' }, {}, { physical: 0, advertised: 0 }],
    [
      'whole ones, without labels',
      { 'nvidia.com/gpu': '8' },
      {},
      { physical: 8, advertised: 8 },
    ],
    [
      'whole ones, with labels',
      { 'nvidia.com/gpu': '8' },
      { 'nvidia.com/gpu.count': '8', 'nvidia.com/gpu.replicas': '1' },
      { physical: 8, advertised: 8 },
    ],
    [
      'time-sliced ones',
      { 'nvidia.com/gpu': '8' },
      {
        'nvidia.com/gpu.count': '2',
        'nvidia.com/gpu.replicas': '4',
        'nvidia.com/gpu.product': 'Tesla-T4-SHARED',
      },
      { physical: 2, advertised: 8 },
    ],
    [
      'time-sliced ones under another name',
      { 'nvidia.com/gpu.shared': '8', 'nvidia.com/gpu': '0' },
      { 'nvidia.com/gpu.count': '2' },
      { physical: 2, advertised: 8 },
    ],
    [
      'time-sliced ones without a count',
      { 'nvidia.com/gpu': '8' },
      { 'nvidia.com/gpu.replicas': '4' },
      { physical: 2, advertised: 8 },
    ],
    [
      'parts, counted as if they were whole (MIG, single)',
      { 'nvidia.com/gpu': '56' },
      {
        'nvidia.com/gpu.count': '56',
        'nvidia.com/gpu.product': 'A100-SXM4-40GB-MIG-1g.5gb',
        'nvidia.com/mig.strategy': 'single',
      },
      { advertised: 56 },
    ],
    [
      'parts of several sizes (MIG, mixed)',
      {
        'nvidia.com/gpu': '1',
        'nvidia.com/mig-1g.5gb': '2',
        'nvidia.com/mig-3g.20gb': '1',
      },
      { 'nvidia.com/mig.strategy': 'mixed' },
      { advertised: 4 },
    ],
    [
      'ones that could be cut into parts and are not',
      { 'nvidia.com/gpu': '8', 'nvidia.com/mig-1g.5gb': '0' },
      { 'nvidia.com/gpu.count': '8', 'nvidia.com/mig.strategy': 'single' },
      { physical: 8, advertised: 8 },
    ],
    [
      'ones that are there but not offered',
      { 'nvidia.com/gpu': '0' },
      { 'nvidia.com/gpu.count': '8' },
      { physical: 8, advertised: 0 },
    ],
    [
      'other vendors',
      {
        'amd.com/gpu': '4',
        'gpu.intel.com/xe': '2',
        'gpu.intel.com/millicores': '2000',
      },
      {},
      { physical: 6, advertised: 6 },
    ],
    [
      'labels that cannot be',
      { 'nvidia.com/gpu': '8' },
      { 'nvidia.com/gpu.count': '-1', 'nvidia.com/gpu.replicas': '0' },
      { physical: 8, advertised: 8 },
    ],
  ])('counts %s', (_, capacity, labels, expected) => {
    const quantities = Object.entries(capacity).map(
      ([resource, amount]) => [resource, Quantity.parse(amount)] as const,
    );
    expect(gpusOf(new Map(quantities), labels)).toEqual(expected);
  });
});
