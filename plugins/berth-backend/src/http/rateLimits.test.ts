import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { personIn } from '../access/__testUtils__/people';
import { Callers } from '../access/Callers';
import { createTokenRateLimit, createWriteRateLimit } from './rateLimits';

function mockCallers(): Callers {
  return new Callers({
    httpAuth: mockServices.httpAuth(),
    people: { resolve: async () => personIn([]) },
  });
}

function setUp() {
  const config = new ConfigReader({
    berth: { writes: { requestsPerMinute: 2 } },
  });
  const app = express();
  app.use(createWriteRateLimit(config, mockCallers()));
  app.use((_request, response) => {
    response.json({});
  });
  return (method: 'get' | 'post' | 'delete', path: string, person: string) =>
    request(app)
      [method](path)
      .set(
        'Authorization',
        mockCredentials.user.header(`user:default/${person}`),
      );
}

describe('the limit of writes', () => {
  it('answers 429 with Retry-After above the limit, to this person only', async () => {
    const send = setUp();
    expect((await send('post', '/requests', 'gus')).status).toBe(200);
    expect((await send('delete', '/clusters/a', 'gus')).status).toBe(200);
    const refused = await send('post', '/requests', 'gus');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.error).toEqual({
      name: 'TooManyRequestsError',
      message:
        'You sent more than 2 changes in a minute; wait a moment and try again',
    });
    expect((await send('post', '/requests', 'ada')).status).toBe(200);
    expect((await send('get', '/requests', 'gus')).status).toBe(200);
    expect((await send('post', '/clusters/a/token', 'gus')).status).toBe(200);
  });

  it.each(['tokens', 'writes'])('refuses the invalid setting %s', of => {
    const config = new ConfigReader({
      berth: { [of]: { requestsPerMinute: 0.5 } },
    });
    const create =
      of === 'tokens' ? createTokenRateLimit : createWriteRateLimit;
    expect(() => create(config, mockCallers())).toThrow(
      `berth.${of}.requestsPerMinute is 0.5, but it must be a positive whole number`,
    );
  });
});
