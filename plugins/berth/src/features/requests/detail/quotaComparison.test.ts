import { boundsOf, compare } from './quotaComparison';

const small = { name: 'small', hard: { 'requests.cpu': '2' }, limits: [] };

describe('the bounds of a quota', () => {
  it.each([
    [{ sizeClass: 'small' }, { 'requests.cpu': '2' }],
    [{ sizeClass: 'gone' }, undefined],
    [{ hard: { pods: '5' } }, { pods: '5' }],
    [{}, {}],
  ])('%j', (quota, bounds) => {
    expect(boundsOf(quota, [small])).toEqual(bounds);
  });
});

describe('compare', () => {
  it('compares the request with the current quota, CPU first', () => {
    expect(
      compare(
        { pods: '10', 'requests.cpu': '4' },
        {
          hard: { 'requests.cpu': '2', 'limits.cpu': '8' },
          used: { 'requests.cpu': '1' },
          left: { 'requests.cpu': '4000m', pods: '9' },
        },
      ),
    ).toEqual([
      {
        resource: 'requests.cpu',
        requested: '4',
        now: '2',
        used: '1',
        left: '4000m',
        fraction: 0.25,
        beyond: false,
        below: false,
      },
      {
        resource: 'limits.cpu',
        requested: undefined,
        now: '8',
        used: undefined,
        left: undefined,
        beyond: false,
        below: false,
      },
      {
        resource: 'pods',
        requested: '10',
        now: undefined,
        used: undefined,
        left: '9',
        beyond: true,
        below: false,
      },
    ]);
  });

  it.each([
    ['6', '4', '2', false],
    ['7', '4', '2', true],
    ['3', '4', '0', false],
    ['3', undefined, '2', true],
  ])(
    '%s where %s is allowed and %s left: beyond is %j',
    (requested, now, left, beyond) => {
      const [row] = compare(
        { 'requests.cpu': requested },
        { hard: now ? { 'requests.cpu': now } : {}, left: { cpu: left } },
      );
      expect(row).toMatchObject({ left, beyond });
    },
  );

  it('finds requests for less than the usage', () => {
    const [row] = compare({ memory: '1Gi' }, { used: { memory: '1500Mi' } });
    expect(row.below).toBe(true);
  });
});
