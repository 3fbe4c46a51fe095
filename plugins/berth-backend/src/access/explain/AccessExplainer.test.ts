import { NotAllowedError } from '@backstage/errors';
import { ShareRecord } from '../../model/clusters';
import { Person } from '../../model/people';
import { GrantRecord, NamespaceRecord } from '../../model/tenancy';
import { personIn } from '../__testUtils__/people';
import { tokenClaims } from '../claims';
import { AccessExplainer, AccessExplainerOptions } from './AccessExplainer';

const since = '2025-12-01T00:00:00.000Z';
const team = { group: 'group:default/team-a', kubernetesName: 'team-a' };
const share: ShareRecord = {
  namespace: 'team-a',
  ...team,
  clusterId: 'cluster-1',
  state: 'Ready',
  since,
};
const grant: GrantRecord = {
  ...team,
  id: 'grant-1',
  clusterId: 'cluster-1',
  namespace: 'team-a',
  role: 'admin',
  source: 'share',
  state: 'Ready',
  since,
  createdAt: since,
};
const PERSONAL = {
  clusterId: 'cluster-1',
  name: 'alice',
  user: 'user:default/alice',
  userUid: 'uid-1',
  role: 'edit' as const,
  made: true,
};
const NO_PERSONAL = {
  namespaces: { get: async () => undefined },
  personal: {
    get: async () => undefined,
    isOpenToFormer: async () => false,
    list: async () => [],
  },
};

it('mints no token for the review of a person who gets none by the policy, and says that access is missing', async () => {
  const visible = { cluster: { id: 'cluster-1', name: 'prod01' }, shares: [] };
  const options = {
    access: {
      get: async (_caller: unknown, _name: string, permission?: object) => {
        if (permission) {
          throw new NotAllowedError('by the policy');
        }
        return visible;
      },
    },
    adminGroups: new Set(),
    grants: { listByGroups: async () => [grant] },
    ...NO_PERSONAL,
    shares: { list: async () => [share] },
  } as unknown as AccessExplainerOptions;
  const person = personIn(['team-a']);
  const mintForCaller = jest.fn();

  const explanation = await new AccessExplainer(options).explain({
    caller: { person } as never,
    person,
    clusterName: 'prod01',
    mintForCaller,
  });

  expect(explanation).toMatchObject({
    allowed: false,
    missing: expect.stringContaining('berth.token.create'),
  });
  expect(explanation.steps.at(-1)).toMatchObject({
    link: 'review',
    status: 'Skipped',
  });
  expect(mintForCaller).not.toHaveBeenCalled();
});

it('P10 asks the cluster about a person by the name with the prefix, which no token has', async () => {
  const cluster = {
    id: 'cluster-1',
    name: 'prod01',
    usernamePrefix: 'portal:',
    groupsPrefix: 'portal:',
  };
  const review = jest.fn(async (_resource: object, _spec: object) => ({
    allowed: true,
  }));
  const options = {
    access: { get: async () => ({ cluster, shares: [share] }) },
    adminGroups: new Set(),
    clients: { create: () => ({ review }) },
    grants: { listByGroups: async () => [grant] },
    ...NO_PERSONAL,
    shares: { list: async () => [share] },
  } as unknown as AccessExplainerOptions;
  const person = personIn(['team-a']);
  const admin = { ...person, userRef: 'user:default/ada', admin: true };

  await new AccessExplainer(options).explain({
    caller: { person: admin } as never,
    person,
    clusterName: 'prod01',
    namespace: 'team-a',
    mintForCaller: async () => 'a token',
  });

  expect(review.mock.calls.map(([, spec]) => spec)).toContainEqual(
    expect.objectContaining({
      user: `portal:${person.username}`,
      groups: expect.arrayContaining(['portal:team-a']),
    }),
  );
  expect(tokenClaims(person, cluster, [share])).toMatchObject({
    sub: person.username,
    groups: expect.arrayContaining(['team-a']),
  });
});

describe('the personal namespace', () => {
  const cluster = {
    id: 'cluster-1',
    name: 'prod01',
    usernamePrefix: '',
    groupsPrefix: '',
  };
  const alice = { ...personIn(['team-a']), uid: 'uid-1' };
  const ask = (
    person: Person,
    caller: Person = person,
    namespace: Partial<NamespaceRecord> = {},
  ) =>
    new AccessExplainer({
      access: { get: async () => ({ cluster, shares: [share] }) },
      adminGroups: new Set(),
      clients: {
        create: () => ({
          review: async () => ({ allowed: true }),
        }),
      },
      grants: { listByGroups: async () => [grant] },
      namespaces: {
        get: async () => ({ ...PERSONAL, state: 'Ready', ...namespace }),
      },
      personal: {
        get: async () => PERSONAL,
        isOpenToFormer: async ({ userUid }: { userUid?: string }) =>
          userUid !== PERSONAL.userUid,
        list: async () => [PERSONAL],
      },
      shares: { list: async () => [share] },
    } as unknown as AccessExplainerOptions).explain({
      caller: { person: caller } as never,
      person,
      clusterName: 'prod01',
      namespace: 'alice',
      mintForCaller: async () => 'a token',
    });

  const FORMER = /^A former user user:default\/alice had a personal namespace/;
  const NONE = /^None of your groups holds a role in "alice"/;

  it('gives its owner the role that the cluster confirms', async () => {
    const { allowed, roles, review } = await ask(alice);
    expect(allowed).toBe(true);
    expect(roles).toMatchObject([{ role: 'edit', source: 'personal' }]);
    const expected = review?.items.filter(item => item.expected);
    expect(
      expected?.map(({ verb, resource }) => `${verb} ${resource}`),
    ).toEqual(['list pods', 'create deployments.apps', 'get secrets']);
  });

  it.each<[string, Person, Partial<NamespaceRecord>, RegExp]>([
    ['a later user of the same name', { ...alice, uid: 'uid-2' }, {}, FORMER],
    ['a user without a UID', { ...alice, uid: undefined }, {}, FORMER],
    ['anyone while it is deleted', alice, { deletingSince: since }, NONE],
  ])('P8 gives no role to %s', async (_, person, namespace, why) => {
    const { missing, roles } = await ask(person, person, namespace);
    expect(roles).toEqual([]);
    expect(missing).toMatch(why);
  });

  it('P8 is named to a person who reads everything', async () => {
    const admin = { ...alice, userRef: 'user:default/ada', admin: true };
    const { missing } = await ask({ ...alice, uid: 'uid-2' }, admin);
    expect(missing).toMatch(FORMER);
  });
});
