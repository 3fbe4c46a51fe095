import { ConfigReader } from '@backstage/config';
import { readPersonalRules } from './settings';

function read(rule: object) {
  return readPersonalRules(
    new ConfigReader({ berth: { personalNamespaces: [rule] } }),
    [{ name: 'small', hard: {}, limits: [] }],
  );
}

describe('berth.personalNamespaces', () => {
  it('has defaults for everything', () => {
    expect(read({})).toEqual([{ role: 'edit', name: '{prefix}{user}' }]);
    expect(readPersonalRules(new ConfigReader({}), [])).toEqual([]);
  });

  it('is read as it is', () => {
    const rule = {
      clusters: ['staging'],
      groups: ['group:default/everyone'],
      role: 'admin',
      sizeClass: 'small',
      name: '{prefix}u-{user}',
    };
    expect(read(rule)).toEqual([rule]);
  });

  it.each([
    [{ name: '{user}' }, 'name "{user}" must be {prefix}'],
    [{ name: '{prefix}' }, 'name "{prefix}" must be {prefix}'],
    [{ name: '{prefix}{user}{user}' }, 'and {user} once'],
    [{ name: 'x{prefix}{user}' }, 'must be {prefix}'],
    [{ role: 'view' }, 'role "view" must be "admin" or "edit"'],
    [{ sizeClass: 'huge' }, 'sizeClass "huge" is not in berth.sizeClasses'],
    [{ groups: ['user:default/alice'] }, 'is not a group'],
    [{ groups: [] }, 'must not be empty'],
    [{ clusters: ['Not a cluster'] }, 'must be the name of a cluster'],
    [{ profile: 'personal' }, '"profile" is not a field'],
  ])('refuses %j', (rule, message) => {
    expect(() => read(rule)).toThrow('berth.personalNamespaces[0]');
    expect(() => read(rule)).toThrow(message);
  });
});
