import { ConflictError } from '@backstage/errors';
import { planIdentities } from './groupIdentity';

const A = 'group:default/a';
const B = 'group:default/b';

describe('planIdentities', () => {
  const holders = new Map([
    [A, 'uid-a'],
    [B, undefined],
  ]);
  const plan = (uids: Record<string, string | undefined>, takeOver?: string) =>
    planIdentities(
      Object.entries(uids).map(([groupRef, uid]) => ({ groupRef, uid })),
      holders,
      new Set(takeOver ? [takeOver] : []),
    );

  it('stores new UIDs and leaves known ones', () => {
    expect(plan({ [A]: 'uid-a', [B]: 'uid-b' })).toEqual([
      { groupRef: B, uid: 'uid-b' },
    ]);
    expect(plan({ [B]: undefined })).toEqual([]);
  });

  it('S21 refuses a group that was created again, unless an admin lets it take over', () => {
    const again = { [A]: 'uid-other', [B]: 'uid-b' };
    expect(() => plan(again)).toThrow(ConflictError);
    expect(() => plan(again)).toThrow(
      /^group:default\/a: deleted and created again/,
    );
    expect(() => plan(again, B)).toThrow(ConflictError);
    expect(plan(again, A)).toEqual([
      { groupRef: A, uid: 'uid-other' },
      { groupRef: B, uid: 'uid-b' },
    ]);
  });

  it('names ten groups at most, as after a catalog that was emptied and filled again', () => {
    const groups = Array.from({ length: 100 }, (_, index) => ({
      groupRef: `group:default/g${index}`,
      uid: 'new',
    }));
    const former = new Map(
      groups.map(({ groupRef }) => [groupRef, 'old' as string | undefined]),
    );
    expect(() => planIdentities(groups, former, new Set())).toThrow(
      /group:default\/g9 and 90 more groups: deleted/,
    );
    const all = new Set(groups.map(({ groupRef }) => groupRef));
    expect(planIdentities(groups, former, all)).toHaveLength(100);
  });

  it('S21 treats a group without a UID as another one', () => {
    expect(() => plan({ [A]: undefined })).toThrow(ConflictError);
  });
});
