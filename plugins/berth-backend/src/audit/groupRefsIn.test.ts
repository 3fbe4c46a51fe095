import { groupRefsIn } from './groupRefsIn';

describe('groupRefsIn', () => {
  it('finds refs at any depth, once', () => {
    expect(
      groupRefsIn({
        added: ['group:default/team-a', 'group:acme/team.b'],
        owner: 'group:default/team-a',
        grants: ['group:default/team-c admin'],
        nested: { takeOver: ['group:default/team-d'] },
      }),
    ).toEqual([
      'group:default/team-a',
      'group:acme/team.b',
      'group:default/team-c',
      'group:default/team-d',
    ]);
  });

  it('finds none in the claims of tokens, or in texts', () => {
    expect(
      groupRefsIn({
        groups: ['cluster-scope', 'team-a', 'grant:01J', 'group:team-a'],
        subject: 'user:default/alice',
        text: 'of group:default/team-a',
        nothing: null,
        count: 3,
      }),
    ).toEqual([]);
  });
});
