import { amountOf, leftOf } from './budget';

const of = (namespace: string, hard: Record<string, string>) => ({
  clusterId: 'c1',
  namespace,
  hard,
});

describe('what a quota allows of a resource', () => {
  it.each([
    [{ cpu: '1' }, 'requests.cpu', '1'],
    [{ 'requests.cpu': '2' }, 'cpu', '2'],
    [{ cpu: '1', 'requests.cpu': '2' }, 'cpu', '2'],
    [{ 'requests.nvidia.com/gpu': '1' }, 'requests.nvidia.com/gpu', '1'],
    [{ 'limits.cpu': '4' }, 'cpu', undefined],
    [{ 'limits.cpu': '4' }, 'limits.cpu', '4'],
    [{ pods: '4' }, 'pods', '4'],
  ])('%p of %s is %p', (hard: Record<string, string>, resource, amount) => {
    expect(amountOf(hard, resource)).toBe(amount);
  });
});

describe('what is left of a group quota', () => {
  const left = (
    quota: Record<string, string>,
    ...promised: ReturnType<typeof of>[]
  ) =>
    Object.fromEntries(
      Object.entries(leftOf(quota, promised)).map(([name, amount]) => [
        name,
        amount.toString(),
      ]),
    );

  it('is exact, also where a number is not', () => {
    const many = Array.from({ length: 10 }, (_, index) =>
      of(`n${index}`, { 'requests.cpu': '100m', 'requests.memory': '0.1Gi' }),
    );
    expect(left({ cpu: '1', memory: '1Gi' }, ...many)).toEqual({
      cpu: '0',
      // 0.1Gi is 107374182.4 bytes.
      memory: '0',
    });
    expect(left({ cpu: '9007199254740993' }, of('a', { cpu: '1m' }))).toEqual({
      cpu: '9007199254740992999m',
    });
  });

  it('counts of one namespace what is the most', () => {
    expect(
      left(
        { cpu: '10' },
        of('a', { cpu: '2' }),
        of('a', { cpu: '3' }),
        of('a', { cpu: '1' }),
        of('b', {}),
      ),
    ).toEqual({ cpu: '7' });
  });

  it('is negative where more is promised already', () => {
    expect(left({ cpu: '1' }, of('a', { cpu: '3' }))).toEqual({ cpu: '-2' });
  });
});
