import fc from 'fast-check';
import {
  applyNamespacePrefix,
  assertKubernetesGroupName,
  cleanClusterName,
  isDnsLabel,
  isSystemNamespace,
  prefixedNamespaceName,
} from './names';

describe('cleanClusterName', () => {
  it.each([
    ['prod01', 'prod01'],
    ['Prod 01', 'prod01'],
    ['prod-eu_west.1', 'prodeuwest1'],
    ['Ångström', 'ngstrm'],
    ['пrod', 'rod'],
    ['---', ''],
    ['', ''],
    ['a'.repeat(100), 'a'.repeat(63)],
  ])('converts %j to the name %j', (typed, name) => {
    expect(cleanClusterName(typed)).toBe(name);
  });

  it('keeps only lowercase letters and digits, and is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), typed => {
        const name = cleanClusterName(typed);
        expect(name).toMatch(/^[a-z0-9]{0,63}$/);
        expect(cleanClusterName(name)).toBe(name);
      }),
    );
  });
});

describe('isDnsLabel', () => {
  it.each(['a', '0', 'team-a', 'a'.repeat(63)])('accepts %j', name => {
    expect(isDnsLabel(name)).toBe(true);
  });

  it.each(['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a b', 'a\n', 'a'.repeat(64)])(
    'refuses %j',
    name => {
      expect(isDnsLabel(name)).toBe(false);
    },
  );
});

describe('applyNamespacePrefix', () => {
  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  const prefix = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,30}$/);

  const made = (name: string, before: string) => {
    try {
      return applyNamespacePrefix(name, before);
    } catch (error) {
      return error as Error;
    }
  };

  it('P9 puts the prefix before a name once, or refuses the name', () => {
    fc.assert(
      fc.property(label, prefix, (name, before) => {
        const result = made(name, before);
        const isKept = name.startsWith(before) || isSystemNamespace(name);
        const isLong = before.length + name.length > 63;
        const isRefusal =
          result instanceof Error &&
          isLong &&
          result.message.includes(JSON.stringify(before));
        const isName =
          typeof result === 'string' &&
          isDnsLabel(result) &&
          made(result, before) === result &&
          (result === `${before}${name}` || (result === name && isKept));
        expect(isRefusal || isName).toBe(true);
      }),
    );
  });

  it.each([
    ['shop', 'team-', 'team-shop'],
    ['team-shop', 'team-', 'team-shop'],
    ['team', 'team-', 'team-team'],
    ['shop', '', 'shop'],
    ['shop', undefined, 'shop'],
  ])(
    'P9 makes of %j with the prefix %j the name %j',
    (name, before, expected) => {
      expect(prefixedNamespaceName(name, before)).toBe(expected);
    },
  );
});

describe('assertKubernetesGroupName', () => {
  it.each([
    'team-a',
    'platform',
    'kubernetes',
    'defaults',
    'system',
    'berth',
    'berths',
  ])('accepts %j', name => {
    expect(() => assertKubernetesGroupName(name)).not.toThrow();
  });

  it.each([
    ['system:masters', 'at most 63 lowercase letters'],
    ['Team-A', 'at most 63 lowercase letters'],
    ['team\u200b-a', 'at most 63 lowercase letters'],
    ['tеam-a', 'at most 63 lowercase letters'],
    ['team_a', 'at most 63 lowercase letters'],
    ['a'.repeat(200), 'at most 63 lowercase letters'],
    ['', 'at most 63 lowercase letters'],
    ['cluster-admins', "Berth's own token groups"],
    ['cluster-scope', "Berth's own token groups"],
    ['cluster-reconciler', "Berth's own token groups"],
    ['kube-system', 'name of a system namespace'],
    ['default', 'name of a system namespace'],
    ['openshift-monitoring', 'name of a system namespace'],
    ['berth-system', 'name of a system namespace'],
    ['berth-ops', '(default, openshift, berth-*, kube-*, openshift-*)'],
  ])('S17 refuses %j', (name, rule) => {
    expect(() => assertKubernetesGroupName(name)).toThrow(rule);
  });
});
