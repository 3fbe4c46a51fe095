import { RequestAsk } from '@berth/plugin-berth-common';
import { RequestRule } from './types';
import { judge, RequestFacts } from './verdict';

const TEAM_A = 'group:default/team-a';
const NOW = new Date('2026-01-01T00:00:00.000Z');
const DAY = 86_400_000;
const SMALL = { 'requests.cpu': '2', 'requests.memory': '4Gi' };

const address = { cluster: 'prod', namespace: 'billing' };

const namespace = (more: object = {}): RequestAsk => ({
  kind: 'namespace',
  ...address,
  group: TEAM_A,
  quota: { sizeClass: 'small' },
  ...more,
});

const quota: RequestAsk = {
  kind: 'quota',
  ...address,
  quota: { sizeClass: 'small' },
};

const grant = (more: object = {}): RequestAsk => ({
  kind: 'grant',
  ...address,
  group: TEAM_A,
  role: 'view',
  ...more,
});

function facts(ask: RequestAsk, more: Partial<RequestFacts> = {}) {
  return {
    ask,
    cluster: { id: 'c1', labels: { environment: 'dev' } },
    group: TEAM_A,
    ...(ask.kind !== 'grant' && {
      bounds: {
        sizeClass: 'small',
        hard: SMALL,
        limits: [],
        priorityClasses: [],
      },
    }),
    seen: ask.kind !== 'namespace',
    promised: [],
    now: NOW,
    ...more,
  };
}

const promised = (cpu: string, name = 'other', clusterId = 'c1') => ({
  clusterId,
  namespace: name,
  hard: { 'requests.cpu': cpu },
});

const in10Days = new Date(NOW.getTime() + 10 * DAY).toISOString();

/** Reason undefined: the rule holds. */
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
    'it is for requests of kind quota, grant',
  ],
  ['names the cluster', { clusters: ['prod'] }, facts(quota), undefined],
  [
    'names another cluster',
    { clusters: ['test'] },
    facts(quota),
    'it is for the clusters test',
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
    'it is for clusters labelled environment=test, constructor=x',
  ],
  [
    'names a label of a cluster without any',
    { clusterLabels: { environment: 'dev' } },
    facts(quota, { cluster: { id: 'c1' } }),
    'it is for clusters labelled environment=dev',
  ],
  ['names the group', { groups: [TEAM_A] }, facts(grant()), undefined],
  [
    'names a group, and no group is touched',
    { groups: [TEAM_A] },
    facts(quota, { group: undefined }),
    'it is for the groups team-a',
  ],
  ['names the role', { roles: ['view'] }, facts(grant()), undefined],
  [
    'names another role',
    { roles: ['view'] },
    facts(grant({ role: 'admin' })),
    'it is for the roles view',
  ],
  [
    'names roles, and no role is asked for',
    { roles: ['admin'] },
    facts(namespace()),
    'it is for the roles admin',
  ],
  ['names the size class', { sizeClasses: ['small'] }, facts(quota), undefined],
  [
    'names another size class',
    { sizeClasses: ['large'] },
    facts(quota),
    'it is for the size classes large',
  ],
  [
    'names size classes, and bounds are asked for',
    { sizeClasses: ['small'] },
    facts(namespace({ quota: { hard: SMALL } })),
    'it is for the size classes small',
  ],
  [
    'names size classes, and a role is asked for',
    { sizeClasses: ['small'] },
    facts(grant()),
    'it is for the size classes small',
  ],
  [
    'names the size class, and it bounds some pods only',
    { sizeClasses: ['small'] },
    facts(quota, {
      bounds: { hard: SMALL, limits: [], priorityClasses: ['high'] },
    }),
    'it is for quotas that count all pods',
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
    'it is for what ends by 2026-01-10T23:59:59.999Z',
  ],
  [
    'is for what ends, and this does not',
    { maxDurationMs: DAY },
    facts(namespace()),
    'it is for what ends',
  ],
  [
    'is for what ends, and a quota never does',
    { maxDurationMs: DAY },
    facts(quota),
    'it is for what ends',
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
    'it is for quotas of pods',
  ],
  [
    'has a group quota, and a role is asked for',
    { groupQuota: { pods: '10' } },
    facts(grant()),
    'it is for what has a quota',
  ],
  [
    'has a group quota, and nobody owns the namespace',
    { groupQuota: { cpu: '10' } },
    facts(quota, { group: undefined }),
    'it is for namespaces that a group owns',
  ],
  [
    'has several reasons',
    { kinds: ['quota'], clusters: ['test'] },
    facts(namespace()),
    'it is for requests of kind quota; it is for the clusters test',
  ],
];

describe('a rule', () => {
  it.each(CASES)('that %s', (_, rule, about, reason) => {
    expect(judge([{ name: 'one', ...rule }], about)).toEqual(
      reason === undefined
        ? {
            outcome: 'AutoApprove',
            rule: 'one',
            reasons: ['The rule "one" holds'],
          }
        : {
            outcome: 'NeedsApproval',
            reasons: [`The rule "one" does not apply: ${reason}`],
          },
    );
  });
});

describe('the rules', () => {
  it('approve with the first that holds', () => {
    const rules: RequestRule[] = [
      { name: 'quotas', kinds: ['quota'] },
      { name: 'dev', clusterLabels: { environment: 'dev' } },
      { name: 'all' },
    ];
    expect(judge(rules, facts(namespace()))).toMatchObject({ rule: 'dev' });
  });

  it('leave it to people where there are none', () => {
    expect(judge([], facts(namespace()))).toEqual({
      outcome: 'NeedsApproval',
      reasons: ['There are no rules, so a person decides'],
    });
  });

  it('never give a role in a namespace that the requester cannot see', () => {
    expect(
      judge([{ name: 'all' }], facts(grant(), { seen: false })),
    ).toMatchObject({ outcome: 'NeedsApproval' });
  });
});
