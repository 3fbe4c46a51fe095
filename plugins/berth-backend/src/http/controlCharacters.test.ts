import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { berthPlugin } from '../plugin';

jest.setTimeout(120_000);

const NUL = '%00';

const GETS = [
  `/namespaces?cluster=${NUL}`,
  `/namespaces?search=${NUL}`,
  `/namespaces?group=group:default/${NUL}`,
  `/clusters/${NUL}`,
  `/clusters/a${NUL}/shares`,
  `/clusters/${NUL}/onboarding`,
  `/clusters/${NUL}/checks`,
  `/clusters/${NUL}/plan`,
  `/clusters/${NUL}/leftovers`,
  `/clusters/${NUL}/activity`,
  `/clusters/${NUL}/namespaces/web`,
  `/clusters/staging/namespaces/${NUL}`,
  `/clusters/${NUL}/namespaces/web/grants`,
  `/clusters/${NUL}/namespaces/web/quota`,
  `/clusters/${NUL}/namespaces/web/availability`,
  `/quotas?cluster=${NUL}`,
  `/access/explain?cluster=${NUL}`,
  `/access/explain?cluster=a&user=${NUL}`,
  `/requests?cluster=${NUL}`,
  `/requests/${NUL}`,
  `/activity?cluster=${NUL}`,
  `/activity?actor=${NUL}`,
  `/namespaces?search=a%0Ab`,
  `/namespaces?search=%7F`,
];

const WRITES: [method: 'post' | 'put' | 'patch' | 'delete', path: string][] = [
  ['post', `/clusters/${NUL}/token`],
  ['patch', `/clusters/${NUL}`],
  ['put', `/clusters/${NUL}/shares`],
  ['post', `/clusters/${NUL}/checks`],
  ['post', `/clusters/${NUL}/plan/confirm`],
  ['delete', `/clusters/${NUL}`],
  ['post', `/requests/${NUL}/retry`],
];

const BODIES: [method: 'post' | 'put', path: string, body: object][] = [
  ['post', '/clusters', { name: 'a\0' }],
  ['post', '/clusters', { labels: { 'a\0': 'b' } }],
  ['post', '/clusters/staging/namespaces', { name: 'web', purpose: '\0' }],
  ['put', '/clusters/staging/shares', { groups: ['group:default/a\0'] }],
  ['post', '/requests', { kind: 'quota', namespace: 'a\u0007' }],
];

describe('control characters', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'are a 400 on every route on %p',
    async id => {
      const knex = await databases.init(id);
      const { server } = await startTestBackend({
        features: [
          berthPlugin,
          catalogServiceMock.factory({
            entities: [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'User',
                metadata: { name: 'ada' },
                relations: [
                  { type: 'memberOf', targetRef: 'group:default/platform' },
                ],
              },
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Group',
                metadata: { name: 'platform' },
              },
            ],
          }),
          mockServices.database.mock({ getClient: async () => knex }).factory,
          mockServices.rootConfig.factory({
            data: {
              backend: { baseUrl: 'https://portal.example.com' },
              berth: {
                admins: ['group:default/platform'],
                keys: {
                  encryptionSecret:
                    'a secret of at least thirty-two characters',
                },
              },
            },
          }),
        ],
      });
      const api = request(server);
      const authorization = mockCredentials.user.header('user:default/ada');
      const answers: [string, number, string][] = [];
      const send = async (
        method: 'get' | 'post' | 'put' | 'patch' | 'delete',
        path: string,
        body?: object,
      ) => {
        const { status, body: answer } = await api[method](`/api/berth${path}`)
          .set('Authorization', authorization)
          .send(body);
        answers.push([`${method} ${path}`, status, answer.error?.message]);
      };
      for (const path of GETS) {
        await send('get', path);
      }
      for (const [method, path] of WRITES) {
        await send(method, path);
      }
      for (const [method, path, body] of BODIES) {
        await send(method, path, body);
      }
      expect(answers.filter(([, status]) => status !== 400)).toEqual([]);
      expect(
        answers.filter(
          ([, , message]) => !message.includes('without control characters'),
        ),
      ).toEqual([]);
      expect(answers).toContainEqual([
        'get /namespaces?search=%00',
        400,
        'search must be without control characters',
      ]);
      expect(answers).toContainEqual([
        'post /clusters',
        400,
        'name must be without control characters other than tabs and line breaks',
      ]);
      expect(await knex('activity').count({ count: '*' })).toEqual([
        { count: id === 'SQLITE_3' ? 0 : '0' },
      ]);
    },
  );
});
