import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { berthPlugin } from './plugin';

jest.setTimeout(60_000);

const entities: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'guest' },
    relations: [{ type: 'memberOf', targetRef: 'group:default/guests' }],
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'guests' },
  },
];

async function start() {
  const { server } = await startTestBackend({
    features: [
      berthPlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: { backend: { baseUrl: 'https://portal.example.com' } },
      }),
    ],
  });
  return (path: string, user: string) =>
    request(server)
      .get(path)
      .set('Authorization', mockCredentials.user.header(user));
}

describe('a portal without Berth configuration', () => {
  it('starts in development, and reports that there are no admins', async () => {
    const get = await start();
    const { body } = await get('/api/berth/access/me', 'user:default/guest');
    expect(body).toEqual({
      user: 'user:default/guest',
      username: 'user:guest',
      groups: ['group:default/guests'],
      admin: false,
      auditor: false,
      terminal: false,
      helm: true,
      noAdmins: true,
    });
    const { body: keys } = await get(
      '/api/oidc/jwks.json',
      'user:default/guest',
    );
    expect(keys.keys).toHaveLength(2);
  });

  it('refuses a guest who is not in the catalog, with the remedy', async () => {
    const get = await start();
    const { body, status } = await get(
      '/api/berth/access/me',
      'user:development/guest',
    );
    expect(status).toBe(403);
    expect(body.error.message).toBe(
      'user:development/guest is not in the catalog, so its groups are unknown. Add a User entity with this name and namespace to the catalog',
    );
  });

  describe('in production', () => {
    const nodeEnvironment = process.env.NODE_ENV;

    afterEach(() => {
      Object.assign(process.env, { NODE_ENV: nodeEnvironment });
    });

    it('S12 does not start', async () => {
      Object.assign(process.env, { NODE_ENV: 'production' });
      await expect(start()).rejects.toThrow(
        'berth.keys.encryptionSecret is not set',
      );
    });
  });
});
