import { groupName } from './groupName';

describe('groupName', () => {
  it.each([
    ['group:default/team-a', 'team-a'],
    ['group:acme/team-a', 'acme/team-a'],
    ['team-a', 'team-a'],
    ['user:default/ada', 'ada'],
    ['user:acme/ada', 'acme/ada'],
    ['', ''],
  ])('writes %j as %j', (groupRef, name) => {
    expect(groupName(groupRef)).toBe(name);
  });
});
