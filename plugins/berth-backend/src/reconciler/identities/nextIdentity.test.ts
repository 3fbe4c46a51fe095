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
  ])('P13 lets %s wait', (_, found) => {
    const used = of(1000, 100);
    expect(nextIdentity({ used }, found)).toEqual({ used, found });
  });

  it('P13 uses the first user ID at once, and keeps one that the catalog loses', () => {
    const withUser = of(1000, 100);
    const without = of(undefined, 100);
    expect(nextIdentity({ used: without }, withUser)).toEqual({
      used: withUser,
    });
    expect(nextIdentity({ used: withUser }, without)).toEqual({
      used: withUser,
    });
    expect(nextIdentity({ used: withUser }, of(undefined, 101))).toEqual({
      used: withUser,
      found: of(1000, 101),
    });
    const another = of(undefined, 100, [], 'e2');
    expect(nextIdentity({ used: withUser }, another)).toEqual({
      used: withUser,
      found: another,
    });
  });

  it('P13 uses no group that the owner left, also while another ID waits or is refused', () => {
    const used = of(1000, 100, [300, 301]);
    const left = of(1000, 100, [301]);
    const moved = of(1000, 200, [301, 400]);
    expect(nextIdentity({ used }, moved)).toEqual({ used: left, found: moved });
    const problem = 'taken';
    expect(nextIdentity({ used }, { problem, found: moved })).toEqual({
      used: left,
      problem,
    });
    const another = of(1000, 100, [], 'e2');
    expect(nextIdentity({ used }, another)).toEqual({ used, found: another });
  });

  it('P13 keeps the IDs in use while the catalog has none', () => {
    const used = of(1000, 100);
    const problem = 'gone';
    expect(nextIdentity({ used }, { problem })).toEqual({ used, problem });
    expect(nextIdentity({}, { problem })).toEqual({ problem });
  });
});
