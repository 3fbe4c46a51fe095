import { ConfigReader } from '@backstage/config';
import { startTestBackend, mockServices } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { assertDevelopment } from './assertDevelopment';
import developmentAuth from './index';

const catalog = catalogServiceMock.factory({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: 'alice' },
      spec: {
        profile: { displayName: 'Alice Moreau' },
        memberOf: ['team-a'],
      },
      relations: [{ type: 'memberOf', targetRef: 'group:default/team-a' }],
    },
  ],
});

async function startAuth(environment?: string) {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      developmentAuth,
      catalog,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: {
            baseUrl: 'http://localhost:7007',
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          auth: {
            ...(environment && { environment }),
            providers: { development: {} },
          },
        },
      }),
    ],
  });
  return request(server);
}

describe('development sign-in', () => {
  it('signs in as the catalog user that the header names', async () => {
    const agent = await startAuth('development');

    const response = await agent
      .get('/api/auth/development/refresh')
      .set('x-berth-development-user', 'user:default/alice');

    expect(response.status).toBe(200);
    expect(response.body.profile.displayName).toBe('Alice Moreau');
    const { token, identity } = response.body.backstageIdentity;
    expect(identity.userEntityRef).toBe('user:default/alice');
    expect(identity.ownershipEntityRefs).toEqual([
      'user:default/alice',
      'group:default/team-a',
    ]);
    const claims = Buffer.from(token.split('.')[1], 'base64url').toString();
    expect(JSON.parse(claims).sub).toBe('user:default/alice');
  });

  it.each([
    ['nobody', undefined, 401, 'needs the header'],
    ['an unknown user', 'user:default/mallory', 404, 'User not found'],
    ['a group', 'group:default/team-a', 400, 'is not a user'],
    ['nonsense', '::/', 400, 'is not an entity reference'],
  ])('refuses %s', async (_, userRef, status, message) => {
    const agent = await startAuth('development');

    const attempt = agent.get('/api/auth/development/refresh');
    const response = await (userRef === undefined
      ? attempt
      : attempt.set('x-berth-development-user', userRef));

    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
    expect(response.body.backstageIdentity).toBeUndefined();
  });

  it('attack 13: refuses a page whose name was rebound to this machine', async () => {
    const agent = await startAuth('development');

    const response = await agent
      .get('/api/auth/development/refresh')
      .set('Host', 'evil.example:7007')
      .set('x-berth-development-user', 'user:default/alice');

    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain('"evil.example:7007"');
    expect(response.body.backstageIdentity).toBeUndefined();
  });

  describe('in production', () => {
    const nodeEnvironment = process.env.NODE_ENV;

    afterEach(() => {
      Object.assign(process.env, { NODE_ENV: nodeEnvironment });
    });

    it('keeps the backend from starting', async () => {
      Object.assign(process.env, { NODE_ENV: 'production' });

      await expect(startAuth('development')).rejects.toThrow(
        'does not load in production',
      );
    });
  });

  it('keeps a backend from starting if its config does not declare development', async () => {
    await expect(startAuth()).rejects.toThrow('but it is "not set"');
  });
});

describe('assertDevelopment', () => {
  const config = (environment?: string) =>
    new ConfigReader({ auth: { environment } });

  it.each(['development', 'test', undefined])('allows NODE_ENV %s', value => {
    expect(() => assertDevelopment(value, config('development'))).not.toThrow();
  });

  it.each([
    ['production', 'development', 'NODE_ENV is "production"'],
    ['production', 'production', 'NODE_ENV is "production"'],
    ['development', 'production', 'but it is "production"'],
    ['development', undefined, 'but it is "not set"'],
  ])('refuses NODE_ENV %s with auth.environment %s', (node, auth, message) => {
    expect(() => assertDevelopment(node, config(auth))).toThrow(message);
  });
});
