import fc from 'fast-check';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { isDnsLabel, isSystemNamespace } from '@berth/plugin-berth-common';
import { personalName } from './personalName';

const TEMPLATE = '{prefix}{user}';

const RUNS = { numRuns: 10_000 };

/** Parts of names that escaping elsewhere has made equal. */
const part = fc.constantFrom(
  ...['a', 'b', '-', '--', '.', '_', '0', 'A', 'team-', 'kube-', 'berth-', 'x'],
  ...['default', 'openshift', '{user}', '{prefix}', '$&', '$1', 'é', 'K', 'ß'],
  ...['-2d', '-2e', '%2e', 'user', 'a'.repeat(60)],
);
const user = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map(parts => parts.join(''));
const namespace = fc.constantFrom('default', 'acme', 'a', 'b');
const ref = fc
  .tuple(namespace, user)
  .map(([space, name]) =>
    stringifyEntityRef({ kind: 'user', namespace: space, name }),
  );
const template = fc.constantFrom(
  TEMPLATE,
  '{prefix}u-{user}',
  '{prefix}{user}-home',
);
const prefix = fc.constantFrom('', 'team-', 'a', 'user-');

describe('personalName', () => {
  it('P5 is different for different people, or refused', () => {
    const owners = new Map<string, string>();
    fc.assert(
      fc.property(ref, template, prefix, (owner, pattern, before) => {
        const named = personalName(owner, pattern, before);
        const name = 'name' in named ? named.name : undefined;
        const key = JSON.stringify([pattern, before, name]);
        const holder = (name !== undefined && owners.get(key)) || owner;
        owners.set(key, holder);
        return (
          name === undefined ||
          (holder === owner &&
            isDnsLabel(name) &&
            !isSystemNamespace(name) &&
            name.startsWith(before) &&
            name.includes(owner.slice('user:default/'.length)))
        );
      }),
      RUNS,
    );
    expect(owners.size).toBeGreaterThan(10);
  });

  it.each([
    ['user:default/alice', TEMPLATE, '', 'alice'],
    ['user:default/alice', TEMPLATE, 'team-', 'team-alice'],
    ['user:default/team-alice', TEMPLATE, 'team-', 'team-team-alice'],
    ['user:default/alice', '{prefix}u-{user}', 'team-', 'team-u-alice'],
  ])(
    'P5 P9 is for %s with %s and the prefix %j: %s',
    (...[of, by, pre, to]) => {
      expect(personalName(of, by, pre)).toEqual({ name: to });
    },
  );

  it.each([
    ['user:acme/alice', 'is not in the default namespace'],
    ['user:default/a.b', '"a.b" is no name of a namespace'],
    ['user:default/a_b', '"a_b" is no name of a namespace'],
    [`user:default/${'a'.repeat(64)}`, 'is no name of a namespace'],
    ['user:default/kube-system', '"kube-system" is reserved'],
    ['user:default/default', '"default" is reserved'],
    ['user:default/berth-system', '"berth-system" is reserved'],
  ])('P5 is left to an admin for %s', (of, message) => {
    expect(personalName(of, TEMPLATE)).toEqual({
      problem: expect.stringContaining(message),
    });
  });
});
