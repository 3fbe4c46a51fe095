import { GrantRequest, NAMESPACE_ROLES } from '@berth/plugin-berth-common';
import fc from 'fast-check';
import { changesBetween, hasPastEnd, mergeGrants } from './grantChanges';

const grant = (group: string, role: GrantRequest['role'] = 'edit') => ({
  group,
  role,
});

const grantSets = fc.uniqueArray(
  fc.record(
    {
      group: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      role: fc.constantFrom(...NAMESPACE_ROLES),
      expiresAt: fc.constantFrom(
        '2100-01-01T00:00:00Z',
        '2101-01-01T00:00:00Z',
      ),
    },
    { requiredKeys: ['group', 'role'] },
  ),
  { selector: ({ group }) => group },
);

describe('changesBetween', () => {
  it('names exactly the groups that gain, change and lose access', () => {
    expect(
      changesBetween(
        [grant('gone'), grant('kept'), grant('raised', 'view')],
        [grant('kept'), grant('new'), grant('raised', 'admin')],
      ),
    ).toEqual([
      { group: 'gone', before: grant('gone') },
      { group: 'new', after: grant('new') },
      {
        group: 'raised',
        before: grant('raised', 'view'),
        after: grant('raised', 'admin'),
      },
    ]);
  });

  it('sees another end as a change', () => {
    const until = { ...grant('a'), expiresAt: '2100-01-01T00:00:00Z' };
    expect(changesBetween([grant('a')], [until])).toHaveLength(1);
    expect(changesBetween([until], [{ ...until }])).toEqual([]);
  });
});

describe('mergeGrants', () => {
  it('keeps the changes of both, and mine if both changed the same group', () => {
    const { merged, clashes } = mergeGrants(
      [grant('a'), grant('b'), grant('c')],
      [grant('a', 'admin'), grant('c'), grant('mine')],
      [grant('a', 'view'), grant('b'), grant('theirs')],
    );
    expect(merged).toEqual([
      grant('theirs'),
      grant('a', 'admin'),
      grant('mine'),
    ]);
    expect(clashes).toEqual(['a']);
  });

  it('loses no change of either admin', () => {
    fc.assert(
      fc.property(grantSets, grantSets, grantSets, (base, mine, theirs) => {
        const { merged } = mergeGrants(base, mine, theirs);
        const of = (set: GrantRequest[], name: string) =>
          set.find(({ group }) => group === name);
        const mineTouched = changesBetween(base, mine).map(c => c.group);
        for (const name of ['a', 'b', 'c', 'd', 'e']) {
          expect(of(merged, name)).toEqual(
            of(mineTouched.includes(name) ? mine : theirs, name),
          );
        }
        expect(new Set(merged.map(({ group }) => group)).size).toBe(
          merged.length,
        );
      }),
    );
  });

  it('changes nothing if I changed nothing', () => {
    fc.assert(
      fc.property(grantSets, grantSets, (base, theirs) => {
        expect(mergeGrants(base, base, theirs)).toEqual({
          merged: theirs,
          clashes: [],
        });
      }),
    );
  });
});

describe('hasPastEnd', () => {
  it('is true from the end itself on', () => {
    const end = { ...grant('a'), expiresAt: '2030-01-01T00:00:00Z' };
    const moment = Date.parse(end.expiresAt);
    expect(hasPastEnd(end, moment - 1)).toBe(false);
    expect(hasPastEnd(end, moment)).toBe(true);
    expect(hasPastEnd(grant('a'), moment)).toBe(false);
  });
});
