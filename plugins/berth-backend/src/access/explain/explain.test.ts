import { ShareRecord } from '../../model/clusters';
import { GrantRecord } from '../../model/tenancy';
import { personIn } from '../__testUtils__/people';
import { explain, ExplanationFacts } from './explain';

const now = new Date('2026-01-01T00:00:00.000Z');
const since = '2025-12-01T00:00:00.000Z';
const cluster = {
  id: 'cluster-1',
  name: 'prod01',
} as ExplanationFacts['cluster'];

function share(name: string, more: Partial<ShareRecord> = {}): ShareRecord {
  return {
    clusterId: 'cluster-1',
    group: `group:default/${name}`,
    kubernetesName: name,
    namespace: name,
    state: 'Ready',
    since,
    ...more,
  };
}

function grant(
  group: string,
  namespace: string,
  more: Partial<GrantRecord> = {},
): GrantRecord {
  return {
    id: `${group}-${namespace}`,
    clusterId: 'cluster-1',
    namespace,
    group: `group:default/${group}`,
    kubernetesName: group,
    role: 'admin',
    source: 'share',
    state: 'Ready',
    since,
    createdAt: since,
    ...more,
  };
}

const OWNER = { user: 'user:default/alice', userUid: 'uid-1' };
const own: ExplanationFacts['personal'][number] = {
  clusterId: 'cluster-1',
  name: 'alice',
  ...OWNER,
  role: 'edit',
  made: true,
  state: 'Ready',
};

function ask(facts: Partial<ExplanationFacts> = {}) {
  return explain({
    person: personIn(['team-a']),
    self: true,
    seesAll: false,
    clusterName: 'prod01',
    cluster,
    shares: [share('team-a')],
    grants: [grant('team-a', 'team-a')],
    personal: [],
    isOpenToFormer: false,
    adminGroups: ['group:default/platform'],
    now,
    ...facts,
  });
}

function statuses({ steps }: ReturnType<typeof ask>) {
  return steps.map(({ link, status }) => `${link} ${status}`);
}

describe('explain', () => {
  it('explains the whole chain of a member, through a nested group', () => {
    const person = personIn(['team-a']);
    person.memberships[0].title = 'Team A';
    person.memberships[0].path = [
      'group:default/squad',
      'group:default/team-a',
    ];
    const explanation = ask({ person });
    expect(explanation).toMatchObject({
      user: 'user:default/alice',
      username: 'user:alice',
      allowed: true,
      helpers: [],
      tokenGroups: ['cluster-scope', 'team-a'],
      roles: [
        {
          namespace: 'team-a',
          role: 'admin',
          group: 'group:default/team-a',
          path: ['group:default/squad', 'group:default/team-a'],
          source: 'share',
        },
      ],
    });
    expect(explanation).not.toHaveProperty('missing');
    const messages = (self: boolean) =>
      ask({ person, self }).steps.map(({ message }) => message);
    expect(messages(true)).toEqual([
      'You are user:default/alice in the catalog and user:alice on clusters',
      'You are a member of Team A (through group:default/squad)',
      'prod01 is shared with Team A',
      'Team A holds admin in team-a, its default namespace',
      'admin is bound in team-a',
    ]);
    expect(messages(false).slice(0, 2)).toEqual([
      'user:default/alice is in the catalog and is user:alice on clusters',
      'user:default/alice is a member of Team A (through group:default/squad)',
    ]);
  });

  it('gives platform admins access everywhere', () => {
    const explanation = ask({
      person: personIn(['platform'], true),
      shares: [],
      grants: [],
      namespace: 'kube-system',
    });
    expect(explanation).toMatchObject({
      admin: true,
      allowed: true,
      tokenGroups: ['cluster-scope', 'cluster-admins'],
    });
    expect(new Set(explanation.steps.map(({ status }) => status))).toEqual(
      new Set(['Passed']),
    );
  });

  it.each<[string, Partial<ExplanationFacts>, string, RegExp]>([
    [
      'no group',
      { person: personIn([]) },
      'group',
      /You are a member of no group/,
    ],
    [
      'no group of another person',
      { person: personIn([]), self: false },
      'group',
      /^user:default\/alice is a member of no group/,
    ],
    [
      'no share',
      { shares: [share('team-b')], grants: [] },
      'share',
      /no cluster "prod01", or it is not shared/,
    ],
    [
      'no share, to an admin',
      { self: false, seesAll: true, shares: [share('team-b')], grants: [] },
      'share',
      /^prod01 is not shared with any of these groups$/,
    ],
    [
      'no cluster, to an admin',
      { seesAll: true, cluster: undefined, shares: [], grants: [] },
      'share',
      /^There is no cluster "prod01" that you can see$/,
    ],
    [
      'no role in the namespace',
      { namespace: 'shop' },
      'grant',
      /None of your groups holds a role in "shop" on prod01/,
    ],
    [
      'a role that is over',
      {
        namespace: 'shop',
        grants: [
          grant('team-a', 'shop', {
            role: 'edit',
            source: 'grant',
            expiresAt: '2025-12-31T00:00:00.000Z',
          }),
        ],
      },
      'grant',
      /held edit in shop until 2025-12-31/,
    ],
    [
      'a grant to a group that the cluster is not shared with',
      {
        person: personIn(['team-a', 'team-b']),
        namespace: 'shop',
        grants: [grant('team-b', 'shop', { source: 'grant' })],
      },
      'grant',
      /None of your groups/,
    ],
    [
      'a binding that could not be made',
      {
        grants: [
          grant('team-a', 'team-a', { state: 'Failed', message: 'no rights' }),
        ],
      },
      'binding',
      /admin could not be bound in team-a: no rights/,
    ],
  ])('names the missing link: %s', (_, facts, link, message) => {
    const explanation = ask(facts);
    expect(explanation.allowed).toBe(false);
    expect(explanation.missing).toMatch(message);
    expect(explanation.helpers).toEqual(['group:default/platform']);
    const failed = explanation.steps.findIndex(
      ({ status }) => status === 'Failed',
    );
    expect(explanation.steps[failed].link).toBe(link);
    expect(explanation.steps[failed].hint).toBeTruthy();
    expect(
      explanation.steps
        .slice(failed + 1)
        .every(({ status }) => status === 'Skipped'),
    ).toBe(true);
  });

  it('S9 gives the same explanation for an unknown cluster and for one that is not theirs', () => {
    const strange = ask({ cluster: undefined, shares: [], grants: [] });
    const hidden = ask({ shares: [share('team-b')], grants: [] });
    expect(strange).toEqual(hidden);
  });

  it('S21 explains that a group was created again', () => {
    const person = personIn(['team-a']);
    person.memberships[0].uid = 'second';
    const explanation = ask({
      person,
      shares: [share('team-a', { groupUid: 'first' })],
    });
    expect(explanation.missing).toMatch(/deleted and made again/);
    expect(explanation.tokenGroups).toEqual([]);
  });

  it('explains that a binding is pending', () => {
    const explanation = ask({
      grants: [grant('team-a', 'team-a', { state: 'Pending' })],
    });
    expect(statuses(explanation)).toContain('binding Unknown');
    expect(explanation.allowed).toBe(true);
  });

  it.each([
    [true, 'You hold'],
    [false, 'user:default/alice holds'],
  ])(
    'names the personal namespace, its role and its owner',
    (self, subject) => {
      const explanation = ask({ self, namespace: 'alice', personal: [own] });
      expect(explanation).toMatchObject({
        allowed: true,
        roles: [
          {
            namespace: 'alice',
            role: 'edit',
            group: OWNER.user,
            path: [OWNER.user],
            source: 'personal',
          },
        ],
      });
      expect(explanation.steps.slice(-2).map(({ message }) => message)).toEqual(
        [
          `${subject} edit in alice, the personal namespace of user:default/alice`,
          'edit is bound in alice',
        ],
      );
    },
  );

  it('P8 names why a person gets no token: a token would open the namespace of a former user', () => {
    const explanation = ask({ isOpenToFormer: true });
    expect(explanation).toMatchObject({ allowed: false, tokenGroups: [] });
    expect(explanation.missing).toMatch(
      /^A former user user:default\/alice had a personal namespace on prod01, to which your token would give access/,
    );
    const unknown = ask({ isOpenToFormer: true, cluster: undefined });
    expect(unknown.missing).not.toMatch('former');
  });

  it('gives no role in a personal namespace without a share', () => {
    const explanation = ask({ shares: [], grants: [], personal: [own] });
    expect(explanation).toMatchObject({ allowed: false, roles: [] });
    expect(statuses(explanation)).toContain('share Failed');
  });

  it.each<[string, Partial<ExplanationFacts>, string, RegExp]>([
    [
      'is gone on the cluster',
      {
        personal: [
          { ...own, state: 'Failed', message: 'alice was deleted there' },
        ],
      },
      'binding',
      /^edit could not be bound in alice: alice was deleted there$/,
    ],
    [
      'has an owner that was not in the catalog',
      { personal: [{ ...own, absentSince: since }] },
      'grant',
      /^alice is the personal namespace of user:default\/alice, but the catalog has lacked this user since 2025/,
    ],
    [
      'belongs to another user, to who reads everything',
      { owner: { user: 'user:default/bob', userUid: 'uid-b' } },
      'grant',
      /^alice on prod01 is the personal namespace of user:default\/bob, and none of/,
    ],
    [
      'belongs to a former user of the same name, to who reads everything',
      { owner: OWNER },
      'grant',
      /^alice on prod01 is the personal namespace of a former user user:default\/alice/,
    ],
    [
      'belongs to another user, which the caller must not know',
      {},
      'grant',
      /^None of your groups holds a role in "alice" on prod01$/,
    ],
  ])('P8 explains that a personal namespace %s', (_, facts, link, message) => {
    const explanation = ask({ namespace: 'alice', ...facts });
    expect(explanation.missing).toMatch(message);
    const failed = explanation.steps.find(({ status }) => status === 'Failed');
    expect(failed?.link).toBe(link);
  });

  it('lists every source of access, the greatest role first', () => {
    const person = personIn(['team-a', 'team-b']);
    const { roles } = ask({
      person,
      namespace: 'shop',
      shares: [share('team-a'), share('team-b')],
      grants: [
        grant('team-a', 'shop', { role: 'view', source: 'grant' }),
        grant('team-b', 'shop', {
          role: 'edit',
          source: 'grant',
          expiresAt: '2026-02-01T00:00:00.000Z',
        }),
        grant('team-b', 'team-b'),
      ],
    });
    expect(roles.map(({ role, group }) => `${role} ${group}`)).toEqual([
      'edit group:default/team-b',
      'view group:default/team-a',
    ]);
  });
});
