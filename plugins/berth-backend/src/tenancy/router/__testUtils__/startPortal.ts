import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import request from 'supertest';
import { berthPlugin } from '../../../plugin';

export const TEAM_A = 'group:default/team-a';
export const TEAM_B = 'group:default/team-b';
export const TEAM_C = 'group:default/team-c';

function entity(kind: string, name: string, type: string, groups: string[]) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, uid: `uid-of-${name}` },
    relations: groups.map(target => ({
      type,
      targetRef: `group:default/${target}`,
    })),
  } as Entity;
}

const teamC = entity('Group', 'team-c', 'childOf', []);
const entities = [
  entity('User', 'ada', 'memberOf', ['platform']),
  entity('User', 'alice', 'memberOf', ['team-a']),
  entity('User', 'carol', 'memberOf', ['team-a', 'team-c']),
  entity('User', 'nobody', 'memberOf', []),
  ...['platform', 'team-a', 'team-b'].map(name =>
    entity('Group', name, 'childOf', []),
  ),
  teamC,
  entity('System', 'sales', 'partOf', []),
];

const config = {
  backend: { baseUrl: 'https://portal.example.com' },
  berth: {
    admins: ['group:default/platform'],
    keys: { encryptionSecret: 'a secret of at least thirty-two characters' },
    allowedAddresses: ['127.0.0.0/8'],
    sizeClasses: [
      {
        name: 'small',
        title: 'Small',
        hard: { 'requests.cpu': '2000m', 'requests.memory': '4Gi' },
        limits: [{ type: 'Container', default: { cpu: '1' } }],
      },
    ],
  },
};

/** Deletes team-c from the catalog and creates it again. */
export function recreateTeamC() {
  teamC.metadata.uid = 'another-uid';
}

/** Starts a portal with one cluster, `prod`, that is shared with team-a. ada is an admin, alice is in team-a. */
export async function startPortal(
  { apiServer, caPem }: Pick<SandboxCluster, 'apiServer' | 'caPem'>,
  decide: (permission: string) => PolicyDecision,
) {
  const { server } = await startTestBackend({
    features: [
      berthPlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({ data: config }),
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: async requests =>
          requests.map(({ permission }) => decide(permission.name) as never),
      }).factory,
    ],
  });
  const as =
    (person: string) =>
    (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string) =>
      request(server)
        [method](`/api/berth${path}`)
        .set({
          Authorization: mockCredentials.user.header(`user:default/${person}`),
        });
  const ada = as('ada');
  await ada('post', '/clusters').send({
    name: 'prod',
    apiServer,
    caData: caPem,
  });
  await ada('put', '/clusters/prod/shares').send({ groups: [TEAM_A] });
  const create = (body: object) =>
    ada('post', '/clusters/prod/namespaces').send(body);
  const names = async (person: string, query = '') => {
    const { body } = await as(person)('get', `/namespaces${query}`);
    return body.items.map((item: { name: string }) => item.name);
  };
  return { as, ada, alice: as('alice'), create, names };
}
