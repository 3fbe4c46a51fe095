import { Attributes, PolicyRule, ruleAllows, uncoveredRules } from './rules';

const user = { username: 'u', groups: [] };

function attributes(
  verb: string,
  resource: Partial<Attributes['resource'] & object>,
): Attributes {
  return { user, verb, resource: { group: '', plural: 'pods', ...resource } };
}

describe('ruleAllows', () => {
  const rule = (over: Partial<PolicyRule>): PolicyRule => ({
    verbs: ['get'],
    apiGroups: [''],
    resources: ['pods'],
    ...over,
  });

  it.each([
    ['the resource itself', rule({}), {}, true],
    ['another verb', rule({ verbs: ['list'] }), {}, false],
    ['every verb', rule({ verbs: ['*'] }), {}, true],
    ['another group', rule({ apiGroups: ['apps'] }), {}, false],
    ['every group', rule({ apiGroups: ['*'] }), {}, true],
    ['no subresource', rule({}), { subresource: 'log' }, false],
    [
      'a named subresource',
      rule({ resources: ['pods/log'] }),
      { subresource: 'log' },
      true,
    ],
    [
      'a subresource of everything',
      rule({ resources: ['*/log'] }),
      { subresource: 'log' },
      true,
    ],
    ['everything', rule({ resources: ['*'] }), { subresource: 'log' }, true],
    ['a name', rule({ resourceNames: ['a'] }), { name: 'a' }, true],
    ['another name', rule({ resourceNames: ['a'] }), { name: 'b' }, false],
    ['no name where one is needed', rule({ resourceNames: ['a'] }), {}, false],
  ])('%s', (_what, policyRule, resource, expected) => {
    expect(ruleAllows(policyRule, attributes('get', resource))).toBe(expected);
  });

  it.each([
    ['/healthz', '/healthz', true],
    ['/api/*', '/api/v1', true],
    ['/api/*', '/api', false],
    ['/api*', '/apis', true],
    ['*', '/metrics', true],
    ['/healthz', '/healthz/etcd', false],
  ])('path %s for %s → %s', (pattern, path, expected) => {
    const policyRule = { verbs: ['get'], nonResourceURLs: [pattern] };
    expect(ruleAllows(policyRule, { user, verb: 'get', path })).toBe(expected);
  });
});

describe('uncoveredRules', () => {
  const owned: PolicyRule[] = [
    { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] },
    { verbs: ['*'], apiGroups: ['apps'], resources: ['*'] },
    {
      verbs: ['get'],
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: ['one'],
    },
  ];

  it('covers one rule with several owned ones', () => {
    expect(
      uncoveredRules(owned, [
        { verbs: ['get'], apiGroups: [''], resources: ['pods'] },
        { verbs: ['delete'], apiGroups: ['apps'], resources: ['deployments'] },
        {
          verbs: ['get'],
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: ['one'],
        },
      ]),
    ).toEqual([]);
  });

  it('returns exactly the missing rules', () => {
    expect(
      uncoveredRules(owned, [
        { verbs: ['get', 'delete'], apiGroups: [''], resources: ['pods'] },
        { verbs: ['get'], apiGroups: [''], resources: ['secrets'] },
      ]),
    ).toEqual([
      { verbs: ['delete'], apiGroups: [''], resources: ['pods'] },
      { verbs: ['get'], apiGroups: [''], resources: ['secrets'] },
    ]);
  });
});
