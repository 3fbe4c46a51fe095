import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { createDirectoryRouter } from './router';
import { PagePosition, PageRequest } from '../model/paging';
import { Directory } from './types';

const NEXT: PagePosition = {
  direction: 'next',
  keys: ['01H', 'team-a'],
  offset: 1,
};

describe('the routes of the directory', () => {
  const directory: jest.Mocked<Directory> = {
    clusters: jest.fn(async (_: PageRequest) => ({ items: [], offset: 0 })),
    namespaces: jest.fn(async (_: PageRequest) => ({
      items: [],
      offset: 0,
      next: NEXT,
    })),
  };
  const app = express()
    .use(
      createDirectoryRouter({ directory, httpAuth: mockServices.httpAuth() }),
    )
    .use(mockErrorHandler());

  const from = (subject: string) =>
    mockCredentials.service.header({
      onBehalfOf: mockCredentials.service(subject),
      targetPluginId: 'test',
    });

  beforeEach(() => jest.clearAllMocks());

  const PATHS = ['/directory/clusters', '/directory/namespaces'];

  it.each(['plugin:catalog', 'plugin:search'])('let %s read', async subject => {
    for (const path of PATHS) {
      const { status } = await request(app)
        .get(path)
        .set('Authorization', from(subject));
      expect(status).toBe(200);
    }
    expect(directory.clusters).toHaveBeenCalledWith({ limit: 500 });
    expect(directory.namespaces).toHaveBeenCalledWith({ limit: 500 });
  });

  it.each([
    ['another plugin', from('plugin:scaffolder'), 403],
    ['a look-alike', from('plugin:catalog2'), 403],
    ['an external caller', from('external:plugin:catalog'), 403],
    ['a person', mockCredentials.user.header('user:default/ada'), 403],
    [
      'the catalog on behalf of a person',
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user('user:default/ada'),
        targetPluginId: 'test',
      }),
      403,
    ],
    ['nobody', mockCredentials.none.header(), 401],
    ['a token that is none', 'Bearer nonsense', 401],
  ])('refuse %s', async (_, authorization, status) => {
    for (const path of PATHS) {
      const response = await request(app)
        .get(path)
        .set('Authorization', authorization);
      expect(response.status).toBe(status);
    }
    expect(directory.clusters).not.toHaveBeenCalled();
    expect(directory.namespaces).not.toHaveBeenCalled();
  });

  it.each(['post', 'put', 'patch', 'delete'] as const)(
    'have no route for %s',
    async method => {
      const response = await request(app)
        [method]('/directory/clusters')
        .set('Authorization', from('plugin:catalog'));
      expect(response.status).toBe(404);
    },
  );

  it('pass on the cursor and the limit', async () => {
    const read = (path: string, query: object) =>
      request(app)
        .get(path)
        .query(query)
        .set('Authorization', from('plugin:search'));
    const first = await read('/directory/namespaces', {});
    const cursor = first.body.next;
    expect(first.body).toEqual({ items: [], next: expect.any(String) });

    await read('/directory/namespaces', { cursor, limit: 20 });
    expect(directory.namespaces).toHaveBeenLastCalledWith({
      limit: 20,
      position: NEXT,
    });

    const { status, body } = await read('/directory/clusters', { cursor });
    expect(status).toBe(400);
    expect(body.error.message).toContain('leave it out for the first page');
  });

  it.each([
    ['limit=0', 'limit "0" must be a whole number from 1 to 500'],
    ['limit=501', 'from 1 to 500'],
    ['limit=many', 'from 1 to 500'],
    ['offset=3', 'offset'],
  ])('refuse ?%s', async (query, message) => {
    const response = await request(app)
      .get(`/directory/clusters?${query}`)
      .set('Authorization', from('plugin:catalog'));

    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(message);
  });
});
