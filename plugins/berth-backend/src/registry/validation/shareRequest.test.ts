import { InputError } from '@backstage/errors';
import { parseSetShares } from './shareRequest';

describe('parseSetShares', () => {
  it('normalises and removes repetitions', () => {
    expect(
      parseSetShares({
        groups: ['Group:Default/Team-A', 'group:team-a', 'group:acme/b_c'],
        names: { 'Group:acme/B_C': 'b-c' },
        takeOver: ['group:TEAM-a'],
      }),
    ).toEqual({
      groups: ['group:default/team-a', 'group:acme/b_c'],
      names: { 'group:acme/b_c': 'b-c' },
      takeOver: ['group:default/team-a'],
    });
    expect(parseSetShares({ groups: [] })).toEqual({
      groups: [],
      names: {},
      takeOver: [],
    });
  });

  it.each<[unknown, RegExp]>([
    [
      { groups: [], takeOver: ['group:default/a'] },
      /takeOver holds "group:default\/a", which is not one of the groups/,
    ],
    [{}, /groups is missing/],
    [{ groups: 'group:default/a' }, /groups .*must be of type array/],
    [{ groups: [7] }, /groups\[0\] 7 must be of type string/],
    [{ groups: ['team-a'] }, /"team-a" is not a group's entity ref/],
    [{ groups: [''] }, /"" is not a group's entity ref/],
    [{ groups: ['user:default/a'] }, /"user:default\/a" is not a group's/],
    [{ groups: ['group:a/b/c'] }, /"group:a\/b\/c" is not a group's/],
    [{ groups: ['group:default/a b'] }, /is not a group's entity ref/],
    [{ groups: [`group:default/${'x'.repeat(64)}`] }, /is not a group's/],
    [{ groups: ['group:default/\u212a'] }, /\\u\{212a\}" is not a group's/],
    [{ groups: [], extra: 1 }, /"extra" is not a field here/],
    [
      { groups: Array.from({ length: 501 }, (_, i) => `group:default/g${i}`) },
      /groups must hold at most 500 groups/,
    ],
    [
      { groups: ['group:default/a'], names: { 'group:default/b': 'b' } },
      /names holds "group:default\/b", which is not one of the groups/,
    ],
    [
      { groups: ['group:default/a'], names: { 'group:default/a': 7 } },
      /names\["group:default\/a"\] 7 must be of type string/,
    ],
    [
      {
        groups: ['group:default/a'],
        names: { 'group:default/a': 'x', 'group:default/A': 'y' },
      },
      /names holds group:default\/a twice/,
    ],
  ])('refuses %j', (body, message) => {
    expect(() => parseSetShares(body)).toThrow(InputError);
    expect(() => parseSetShares(body)).toThrow(message);
  });

  it('S17 refuses zero-width and homoglyph refs, all at once', () => {
    expect(() =>
      parseSetShares({
        groups: ['group:default/te\u200bam', 'group:default/te\u0430m'],
      }),
    ).toThrow(/\\u\{200b\}.*\\u\{430\}/);
  });
});
