import { NotAllowedError } from '@backstage/errors';
import { ShareRecord } from '../../model/clusters';
import { GrantRecord } from '../../model/tenancy';
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
