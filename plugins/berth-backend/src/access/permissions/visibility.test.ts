import { clusterRules } from './clusterRules';
import { namespaceRules } from './namespaceRules';

const TEAM_A = 'group:default/team-a';
const a = (uid?: string) => ({ group: TEAM_A, groupUid: uid });
const b = { group: 'group:default/team-b' };

describe('IS_VISIBLE_TO', () => {
  const asked = { groups: ['team-a#uid-a'] };

  it.each([
    ['shared with the group', [b, a('uid-a')], true],
    ['shared before UIDs were kept', [a()], true],
    ['shared with a former group of the ref', [a('uid-of-former')], false],
    ['shared with others', [b], false],
    ['shared with nobody', [], false],
  ])('shows a cluster %s: %#', (_, shares, visible) => {
    const cluster = { name: 'staging' };
    expect(clusterRules.isVisibleTo.apply({ cluster, shares }, asked)).toBe(
      visible,
    );
  });

  it.each([
    ['a role and a share', [a('uid-a')], [a('uid-a')], true],
    ['a role, but no share', [a('uid-a')], [b], false],
    ['a share, but no role', [b], [a('uid-a')], false],
    ['a former group’s role', [a('uid-of-former')], [a()], false],
  ])('checks %s for a namespace', (_, grants, shares, visible) => {
    expect(
      namespaceRules.isVisibleTo.apply(
        { cluster: 'staging', namespace: {}, grants, shares },
        asked,
      ),
    ).toBe(visible);
  });

  it.each([
    ['of the person', 'uid-alice', [a('uid-a')], true],
    ['of a former user of the ref', 'uid-of-former', [a('uid-a')], false],
    ['on a cluster that is not shared', 'uid-alice', [b], false],
  ])('P7 P8 checks a personal namespace %s', (_, userUid, shares, visible) => {
    const personal = { user: 'user:default/alice', userUid };
    expect(
      namespaceRules.isVisibleTo.apply(
        { cluster: 'staging', namespace: {}, grants: [], personal, shares },
        { groups: [...asked.groups, 'user:default/alice#uid-alice'] },
      ),
    ).toBe(visible);
  });

  it('asks the database for resources that may be visible', () => {
    expect(clusterRules.isVisibleTo.toQuery(asked)).toEqual({
      sharedWith: [TEAM_A],
    });
    expect(namespaceRules.isVisibleTo.toQuery(asked)).toEqual({
      grantedTo: [TEAM_A],
    });
  });
});
