import fc from 'fast-check';
import { fractionOf, tightestOf, usesOf } from './quotaUse';
import { formatAmount, formatUse, nodeResourceOf, unitOf } from './resources';
import { toneOf } from './QuotaBars';

describe('resources of quotas', () => {
  it.each([
    ['requests.cpu', 'cpu'],
    ['cpu', 'cpu'],
    ['limits.memory', 'bytes'],
    ['requests.storage', 'bytes'],
    ['gold.storageclass.storage.k8s.io/requests.storage', 'bytes'],
    ['gold.storageclass.storage.k8s.io/persistentvolumeclaims', 'count'],
    ['hugepages-2Mi', 'bytes'],
    ['requests.nvidia.com/gpu', 'count'],
    ['count/jobs.batch', 'count'],
    ['pods', 'count'],
  ])('counts %s in %s', (resource, unit) => {
    expect(unitOf(resource)).toBe(unit);
  });

  it.each([
    ['requests.cpu', '7500m', '7.5 vCPU'],
    ['requests.cpu', '20m', '0.02 vCPU'],
    ['requests.memory', '1536Mi', '1.5 GiB'],
    ['requests.memory', '0', '0'],
    ['pods', '2k', '2000'],
  ])('writes %s %s as %s', (resource, quantity, text) => {
    expect(formatAmount(resource, quantity)).toBe(text);
  });

  it('writes the unit of two amounts once if it is the same', () => {
    const use = (used: string, hard: string) =>
      Object.values(formatUse('requests.memory', used, hard));
    expect(use('3Gi', '8Gi')).toEqual(['3', '8 GiB']);
    expect(use('512Mi', '8Gi')).toEqual(['512 MiB', '8 GiB']);
    expect(use('0', '8Gi')).toEqual(['0', '8 GiB']);
  });

  it('finds the resource of nodes', () => {
    expect(
      ['requests.cpu', 'cpu', 'limits.cpu', 'pods', 'services'].map(
        nodeResourceOf,
      ),
    ).toEqual(['cpu', 'cpu', undefined, 'pods', undefined]);
  });
});

describe('the use of a quota', () => {
  it('has the order that people expect, GPUs after memory', () => {
    const hard = {
      pods: '1',
      'count/jobs.batch': '1',
      'requests.nvidia.com/gpu': '1',
      'limits.cpu': '1',
      'requests.memory': '1',
      'requests.cpu': '1',
    };
    expect(usesOf({ hard }).map(({ resource }) => resource)).toEqual([
      'requests.cpu',
      'requests.memory',
      'requests.nvidia.com/gpu',
      'limits.cpu',
      'pods',
      'count/jobs.batch',
    ]);
  });

  it('is tightest at the largest used fraction of a bound, also for usage above a bound of zero', () => {
    const hard = { 'requests.cpu': '8', pods: '10', services: '0' };
    expect(
      tightestOf({ hard, used: { 'requests.cpu': '7', pods: '5' } })?.resource,
    ).toBe('requests.cpu');
    expect(
      tightestOf({ hard, used: { pods: '5', services: '1' } }),
    ).toMatchObject({ resource: 'services', fraction: Infinity });
    expect(tightestOf({ hard })).toBeUndefined();
  });

  it('of the tightest bound is never less than that of another', () => {
    const amounts = fc.dictionary(
      fc.constantFrom('requests.cpu', 'requests.memory', 'pods'),
      fc.nat({ max: 1000 }).map(String),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(amounts, amounts, (hard, used) => {
        const fractions = usesOf({ hard, used }).flatMap(
          ({ fraction }) => fraction ?? [],
        );
        expect(tightestOf({ hard, used })?.fraction ?? 0).toBe(
          Math.max(0, ...fractions),
        );
      }),
    );
  });

  it.each([
    ['0', 'normal'],
    ['79', 'normal'],
    ['80', 'high'],
    ['100', 'full'],
    ['101', 'over'],
  ])('of %s of 100 is %s', (used, tone) => {
    expect(toneOf(fractionOf(used, '100'))).toBe(tone);
  });
});
