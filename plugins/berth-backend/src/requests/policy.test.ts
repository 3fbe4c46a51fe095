import { RequestSpec } from '@berth/plugin-berth-common';
import { budgetRuleOf, RequestFacts, verdictOf } from './policy';
import { RequestRule } from './settings';

const TEAM_A = 'group:default/team-a';
const NOW = new Date('2026-01-01T00:00:00.000Z');
const DAY = 86_400_000;
const SMALL = { 'requests.cpu': '2', 'requests.memory': '4Gi' };

const address = { cluster: 'prod', namespace: 'billing' };

const namespace = (more: object = {}): RequestSpec => ({
  kind: 'namespace',
  ...address,
  group: TEAM_A,
  quota: { sizeClass: 'small' },
  ...more,
});

const quota: RequestSpec = {
  kind: 'quota',
  ...address,
  quota: { sizeClass: 'small' },
};

const grant = (more: object = {}): RequestSpec => ({
  kind: 'grant',
  ...address,
  group: TEAM_A,
  role: 'view',
  ...more,
});

function facts(
  spec: RequestSpec,
  more: Partial<RequestFacts> = {},
): RequestFacts {
  return {
    spec,
    cluster: { id: 'c1', labels: { environment: 'dev' } },
    group: TEAM_A,
    ...(spec.kind !== 'grant' && {
      bounds: {
        sizeClass: 'small',
        hard: SMALL,
        limits: [],
        priorityClasses: [],
      },
    }),
    seen: spec.kind !== 'namespace',
    promised: [],
    ownsNamespace: true,
    ...(spec.kind === 'quota' && {
      current: { hard: SMALL, limits: [], priorityClasses: [] },
    }),
    sizeClasses: [{ name: 'large', title: 'Large', hard: {}, limits: [] }],
    now: NOW,
    ...more,
  };
}

/** A quota of a size class with nodes. */
const GPU = {
  sizeClass: 'small',
  hard: SMALL,
  limits: [],
  priorityClasses: [],
  placement: {
    nodeSelector: { pool: 'gpu' },
    tolerations: [
      {
        key: 'gpu',
        operator: 'Exists' as const,
        effect: 'NoSchedule' as const,
      },
    ],
  },
};

const promised = (cpu: string, name = 'other', clusterId = 'c1') => ({
  clusterId,
  namespace: name,
  hard: { 'requests.cpu': cpu },
});

const NO_RULE = 'No rule is about requests of this kind, so a person decides';

const in10Days = new Date(NOW.getTime() + 10 * DAY).toISOString();

/** If the reason is undefined, the rule applies. */
const CASES: [
  string,
  Omit<RequestRule, 'name'>,
  RequestFacts,
  string | undefined,
][] = [
  ['names nothing', {}, facts(namespace()), undefined],
  ['names the kind', { kinds: ['namespace'] }, facts(namespace()), undefined],
  [
    'names another kind',
    { kinds: ['quota', 'grant'] },
    facts(namespace()),
    NO_RULE,
  ],
  ['names the cluster', { clusters: ['prod'] }, facts(quota), undefined],
  [
    'names another cluster',
    { clusters: ['test'] },
    facts(quota),
    'only for the clusters test',
  ],
  [
    'names a label that is there',
    { clusterLabels: { environment: 'dev' } },
    facts(quota),
    undefined,
  ],
  [
    'names a label that is otherwise, and one that is not there',
    { clusterLabels: { environment: 'test', constructor: 'x' } },
    facts(quota),
    'only for clusters labelled environment=test, constructor=x',
  ],
  [
    'names a label of a cluster without any',
    { clusterLabels: { environment: 'dev' } },
    facts(quota, { cluster: { id: 'c1' } }),
    'only for clusters labelled environment=dev',
  ],
  ['names the group', { groups: [TEAM_A] }, facts(grant()), undefined],
  [
    'names a group, and no group is touched',
    { groups: [TEAM_A] },
    facts(quota, { group: undefined }),
    'only for the groups team-a',
  ],
  ['names the role', { roles: ['view'] }, facts(grant()), undefined],
  [
    'names another role',
    { roles: ['view'] },
    facts(grant({ role: 'admin' })),
    'only for the role view',
  ],
  [
    'names roles, and no role is asked for',
    { roles: ['admin'] },
    facts(namespace()),
    NO_RULE,
  ],
  ['names the size class', { sizeClasses: ['small'] }, facts(quota), undefined],
  [
    'names another size class',
    { sizeClasses: ['large'] },
    facts(quota),
    'only for the size Large',
  ],
  [
    'names size classes, and bounds are asked for',
    { sizeClasses: ['small'] },
    facts(namespace({ quota: { hard: SMALL } })),
    'only for the size small',
  ],
  [
    'names size classes, and a role is asked for',
    { sizeClasses: ['small'] },
    facts(grant()),
    NO_RULE,
  ],
  [
    'names the size class, and it bounds some pods only',
    { sizeClasses: ['small'] },
    facts(quota, {
      bounds: { hard: SMALL, limits: [], priorityClasses: ['high'] },
      current: { hard: SMALL, limits: [], priorityClasses: ['high'] },
    }),
    'only for quotas that count all pods',
  ],
  [
    'names no size class, and the quota moves the pods to other nodes',
    { groupQuota: { 'requests.cpu': '100' } },
    facts(namespace(), { bounds: GPU }),
    'only for quotas that leave the pods on the same nodes, as the rule names no sizeClasses',
  ],
  [
    'names no size class, and the quota moves the pods away from their nodes',
    { groupQuota: { 'requests.cpu': '100' } },
    facts(quota, { current: GPU }),
    'only for quotas that leave the pods on the same nodes, as the rule names no sizeClasses',
  ],
  [
    'names no size class, and the pods stay on their nodes',
    { groupQuota: { 'requests.cpu': '100' } },
    facts(quota, { bounds: GPU, current: GPU }),
    undefined,
  ],
  [
    'names the size class that has nodes',
    { sizeClasses: ['small'] },
    facts(namespace(), { bounds: GPU }),
    undefined,
  ],
  [
    'is for as long as this lasts',
    { maxDurationMs: 10 * DAY },
    facts(grant({ expiresAt: in10Days })),
    undefined,
  ],
  [
    'is for less long',
    { maxDurationMs: 10 * DAY - 1 },
    facts(grant({ expiresAt: in10Days })),
    'only for requests with an end date, at most 9 d',
  ],
  [
    'is for what ends, and this does not',
    { maxDurationMs: DAY },
    facts(namespace()),
    'only for requests with an end date, at most 1 d',
  ],
  [
    'is for what ends, and a quota never does',
    { maxDurationMs: DAY },
    facts(quota),
    NO_RULE,
  ],
  [
    'leaves exactly enough',
    { groupQuota: { cpu: '10' } },
    facts(namespace(), {
      promised: [promised('7500m'), promised('500m', 'third', 'c2')],
    }),
    undefined,
  ],
  [
    'leaves a thousandth too little',
    { groupQuota: { cpu: '10' } },
    facts(namespace(), { promised: [promised('8001m')] }),
    'team-a has less cpu left',
  ],
  [
    'counts the other quota of the same namespace not twice',
    { groupQuota: { 'requests.cpu': '10' } },
    facts(quota, {
      promised: [promised('8', 'billing'), promised('8')],
    }),
    undefined,
  ],
  [
    'bounds what is not bounded',
    { groupQuota: { pods: '10', memory: '1Ti' } },
    facts(namespace()),
    'only for quotas that limit pods',
  ],
  [
    'has a group quota, and a role is asked for',
    { groupQuota: { pods: '10' } },
    facts(grant()),
    NO_RULE,
  ],
  [
    'has a group quota, and nobody owns the namespace',
    { groupQuota: { cpu: '10' } },
    facts(quota, { group: undefined }),
    'only for namespaces that a group owns',
  ],
  [
    'has several reasons',
    { groups: ['group:default/team-b'], clusters: ['test'] },
    facts(namespace()),
    'only for the clusters test; only for the groups team-b',
  ],
];

describe('a rule', () => {
  it.each(CASES)('that %s', (_, rule, about, reason) => {
    expect(verdictOf([{ name: 'one', ...rule }], about)).toEqual(
      reason === undefined
        ? {
            outcome: 'AutoApprove',
            rule: 'one',
            reasons: ['The rule "one" applies'],
          }
        : {
            outcome: 'NeedsApproval',
            reasons: [
              reason === NO_RULE
                ? reason
                : `The rule "one" does not apply: ${reason}`,
            ],
          },
    );
  });
});

describe('the rules', () => {
  it('approve with the first that applies', () => {
    const rules: RequestRule[] = [
      { name: 'quotas', kinds: ['quota'] },
      { name: 'dev', clusterLabels: { environment: 'dev' } },
      { name: 'all' },
    ];
    expect(verdictOf(rules, facts(namespace()))).toMatchObject({ rule: 'dev' });
  });

  it('leave the decision to people if there are none', () => {
    expect(verdictOf([], facts(namespace()))).toEqual({
      outcome: 'NeedsApproval',
      reasons: [NO_RULE],
    });
  });

  it('never give a role in a namespace that the requester cannot see', () => {
    expect(
      verdictOf([{ name: 'all' }], facts(grant(), { seen: false })),
    ).toMatchObject({ outcome: 'NeedsApproval' });
  });

  it.each<[string, RequestFacts, string]>([
    [
      'a role that would replace a higher one',
      facts(grant({ expiresAt: in10Days }), { holding: { role: 'admin' } }),
      'team-a holds admin there without an end date, and the request would replace it by less',
    ],
    [
      'a role for a group that has none, where the requester is not of the owner',
      facts(grant(), { ownsNamespace: false }),
      'The role is for a group that has none there, and the requester is not in the group that owns the namespace',
    ],
    [
      'a quota that would replace a larger one',
      facts(quota, {
        current: {
          hard: { ...SMALL, 'requests.memory': '5Gi' },
          limits: [],
          priorityClasses: [],
        },
      }),
      'The request would lower or newly limit requests.memory',
    ],
  ])('never approve %s', (_, about, reason) => {
    expect(verdictOf([{ name: 'all' }], about)).toEqual({
      outcome: 'NeedsApproval',
      reasons: [`${reason}, so a person decides`],
    });
  });

  it.each([
    [
      'more than the group holds',
      {
        ownsNamespace: false,
        holding: { role: 'view' as const, expiresAt: in10Days },
      },
    ],
    ['a first role by the owner', { ownsNamespace: true }],
  ])('approve %s', (_, more) => {
    expect(
      verdictOf([{ name: 'all' }], facts(grant({ role: 'edit' }), more)),
    ).toMatchObject({ outcome: 'AutoApprove' });
  });
});

describe('budgetRuleOf', () => {
  const groupQuota = { cpu: '4' };
  const rules: RequestRule[] = [
    { name: 'no-budget' },
    { name: 'roles', groupQuota, roles: ['view'] },
    { name: 'prod', groupQuota, clusterLabels: { environment: 'prod' } },
    { name: 'dev', groupQuota, clusterLabels: { environment: 'dev' } },
    { name: 'any', groupQuota },
  ];

  it.each([
    ['dev', { environment: 'dev' }],
    ['prod', { environment: 'prod' }],
    ['any', undefined],
  ])('chooses the rule "%s" for a cluster labelled %j', (name, labels) => {
    const scope = { spec: quota, cluster: { id: 'c1', labels }, group: TEAM_A };
    expect(budgetRuleOf(rules, scope)?.name).toBe(name);
  });
});
