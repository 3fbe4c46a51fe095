import { nextIdentity } from './nextIdentity';

const of = (
  runAsUser: number | undefined,
  runAsGroup: number,
  supplementalGroups: number[] = [],
  entityUid = 'e1',
) => ({
  entityUid,
  values: {
    ...(runAsUser !== undefined && { runAsUser }),
    runAsGroup,
    supplementalGroups,
  },
});

describe('nextIdentity', () => {
  it('P13 uses the first IDs, and follows the list of more groups', () => {
    const first = of(1000, 100);
    const grown = of(1000, 100, [7]);
    expect(nextIdentity({}, first)).toEqual({ used: first });
    expect(nextIdentity({ used: first }, first)).toEqual({ used: first });
    expect(nextIdentity({ used: first }, grown)).toEqual({ used: grown });
  });

  it.each([
    ['another user ID', of(1001, 100)],
    ['another group ID', of(1000, 101)],
    ['another entity', of(1000, 100, [], 'e2')],
    ['no user ID', of(undefined, 100)],
  ])('P13 lets %s wait', (_, found) => {
    const used = of(1000, 100);
    expect(nextIdentity({ used }, found)).toEqual({ used, found });
  });

  it('P13 keeps the IDs in use while the catalog has none', () => {
    const used = of(1000, 100);
    const problem = 'gone';
    expect(nextIdentity({ used }, { problem })).toEqual({ used, problem });
    expect(nextIdentity({}, { problem })).toEqual({ problem });
  });
});
