import { mockServices } from '@backstage/backend-test-utils';
import { readPromotionRules } from './readPromotionRules';
import { isSourceOf, rulesFor, selectorWords } from './rules';

const read = (promotion: unknown) =>
  readPromotionRules(
    mockServices.rootConfig({
      data: { berth: { helm: { promotion } } } as never,
    }),
  );

const STEP = {
  from: { clusterLabels: { environment: 'sandbox' } },
  to: { clusterLabels: { environment: 'staging' } },
};

describe('the rules of promotion', () => {
  it('reads rules with their defaults', () => {
    expect(read(undefined)).toEqual([]);
    expect(
      read([
        STEP,
        {
          from: { clusters: ['dev'] },
          to: { clusters: ['prod'] },
          charts: ['web-*'],
          requires: { deployedFor: 'P1D', healthy: true },
        },
      ]),
    ).toEqual([
      { ...STEP, requires: { healthy: false } },
      {
        from: { clusters: ['dev'] },
        to: { clusters: ['prod'] },
        charts: ['web-*'],
        requires: { deployedForMs: 86_400_000, healthy: true },
      },
    ]);
  });

  it.each([
    [{ ...STEP, other: 1 }, 'other'],
    [{ from: STEP.from }, 'to'],
    [{ ...STEP, to: {} }, 'must hold clusters, clusterLabels or both'],
    [{ ...STEP, to: { clusters: [] } }, 'must not be empty'],
    [{ ...STEP, charts: ['a b'] }, 'must be the name of a chart'],
    [{ ...STEP, requires: { deployedFor: 'PT0S' } }, 'greater than zero'],
    [{ ...STEP, requires: { deployedFor: 'soon' } }, 'deployedFor'],
    [{ ...STEP, requires: { healthy: 'yes' } }, 'healthy'],
    [{ from: STEP.from, to: STEP.from }, 'would let no chart through'],
    [
      { from: { clusters: ['a'] }, to: { clusters: ['a', 'b'] } },
      'would let no chart through',
    ],
  ])('refuses %j at the start', (rule, message) => {
    expect(() => read([STEP, rule])).toThrow(message);
    expect(() => read([STEP, rule])).toThrow('berth.helm.promotion[1]: ');
  });

  it('selects rules by the cluster and the name of the chart', () => {
    const [rule] = read([{ ...STEP, charts: ['web-*-x', 'shop'] }]);
    const staging = { name: 's', labels: { environment: 'staging' } };
    const names = (name: string) =>
      rulesFor([rule], staging, name).length === 1;
    expect(
      [
        'shop',
        'web-a-x',
        'web--x',
        'web-x',
        'web-a',
        'shops',
        'my-shop',
      ].filter(names),
    ).toEqual(['shop', 'web-a-x', 'web--x']);
    expect(rulesFor([rule], { name: 'p', labels: {} }, 'shop')).toEqual([]);
    expect(rulesFor([rule], { name: 'p' }, 'shop')).toEqual([]);
  });

  it('takes no release of a cluster that the rule guards', () => {
    const [rule] = read([
      { from: { clusterLabels: { tier: 'one' } }, to: { clusters: ['prod'] } },
    ]);
    const labels = { tier: 'one' };
    expect(isSourceOf(rule, { name: 'dev', labels })).toBe(true);
    expect(isSourceOf(rule, { name: 'prod', labels })).toBe(false);
  });

  it('describes clusters', () => {
    expect(selectorWords(STEP.from)).toBe('a cluster with environment=sandbox');
    expect(selectorWords({ clusters: ['a', 'b'] })).toBe('a or b');
  });
});
