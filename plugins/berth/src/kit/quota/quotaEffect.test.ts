import { effectOf, exceededBy } from './quotaEffect';

describe('the effect of a change', () => {
  const totals = [
    { resource: 'cpu', allocatable: '40', hard: '30', used: '5' },
    { resource: 'nvidia.com/gpu', hard: '4', used: '0' },
  ];

  it('is the sum of the cluster’s quotas before and after', () => {
    expect(
      effectOf(
        totals,
        { 'requests.cpu': '8', pods: '10', 'limits.cpu': '9' },
        {
          'requests.cpu': '20',
          cpu: '99',
          pods: '10',
          'requests.nvidia.com/gpu': '2',
        },
      ),
    ).toEqual([
      { resource: 'cpu', before: '30', after: '42', allocatable: '40' },
      { resource: 'nvidia.com/gpu', before: '4', after: '6' },
    ]);
  });

  it('names usage that exceeds the bounds', () => {
    expect(
      exceededBy(
        { 'requests.cpu': '3', 'requests.memory': '14Gi', pods: '1' },
        { 'requests.cpu': '3500m', 'requests.memory': '14Gi' },
      ),
    ).toEqual([{ resource: 'requests.cpu', used: '3500m', hard: '3' }]);
  });
});
