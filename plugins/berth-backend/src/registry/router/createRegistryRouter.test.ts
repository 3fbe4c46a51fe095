import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ConflictError } from '@backstage/errors';
import {
  CheckRun,
  CheckTrigger,
  LeftoverResourceList,
  createKubeconfig,
  LeftoverResource,
} from '@berth/plugin-berth-common';
import express from 'express';
import request from 'supertest';
import { Callers } from '../../access/Callers';
import { ClusterAccess } from '../../access/ClusterAccess';
import { Authorizer } from '../../access/permissions/Authorizer';
import { PersonResolver } from '../../model/people';
import { migrate } from '../../database/migrate';
import { jsonBody } from '../../http/controlCharacters';
import {
  AddressPolicy,
  KubeClient,
  KubeClientFactory,
  KubeError,
  KubeObject,
} from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { connectToClusters } from '../connection/connectToClusters';
import { DatabaseCredentialStore } from '../connection/DatabaseCredentialStore';
import { DatabaseClusterStore } from '../DatabaseClusterStore';
import { DatabaseShareStore } from '../../tenancy/DatabaseShareStore';
import { DatabaseCheckRunStore } from '../doctor/DatabaseCheckRunStore';
import { describeFailure } from '../probe/describeFailure';
import { ClusterIdentity } from '../ClusterIdentity';
import {
  ClusterRecord,
  LeftoverResources,
  ProbeResult,
} from '../../model/clusters';
import {
  serviceAccountToken,
  testCipher,
  testStrategies,
} from '../__testUtils__/testStrategies';
import { createRegistryRouter } from './createRegistryRouter';

function group(name: string, namespace = 'default'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace },
  };
}

const admin = {
  userRef: 'user:default/ada',
  username: 'user:ada',
  groups: ['group:default/platform'],
  memberships: [
    { group: 'group:default/platform', path: ['group:default/platform'] },
  ],
  admin: true,
  auditor: false,
};

function never(): never {
  throw new Error('No decision is conditional here');
}

/** The router with a real database and mocks of the callers, the catalog and the clusters. */
describe('createRegistryRouter', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let caData: string;
  let otherCaData: string;

  beforeAll(async () => {
    caData = (await TestAuthority.create('ca')).pem;
    otherCaData = (await TestAuthority.create('other')).pem;
  });

  async function setUp() {
    const knex = await databases.init('SQLITE_3');
    await migrate(knex);
    const credentials = DatabaseCredentialStore.create(knex, testCipher());
    const clusters = DatabaseClusterStore.create(knex, credentials);
    const shares = DatabaseShareStore.create(knex);
    const resolve: jest.MockedFn<PersonResolver['resolve']> = jest.fn();
    resolve.mockResolvedValue(admin);
    const catalog = catalogServiceMock({
      entities: [
        group('team-a'),
        group('team-a', 'acme'),
        group('team-b'),
        group('Team_C'),
      ],
    });
    const audit: { event: string; meta?: object; error?: Error }[] = [];
    const changed = jest.fn();
    const recorded = jest.fn();
    const requested = jest.fn();
    const probe = jest.fn<Promise<ProbeResult>, [string]>();
    const examine = jest.fn<Promise<CheckRun>, [string, CheckTrigger]>();
    const version = jest.fn<ReturnType<KubeClient['version']>, []>();
    const get = jest.fn<Promise<KubeObject | undefined>, []>();
    const review = jest.fn<Promise<object>, []>();
    const clients: KubeClientFactory = {
      create: () =>
        ({ version, get, review } as Partial<KubeClient> as KubeClient),
      close: async () => {},
    };
    const strategies = testStrategies(clients);
    const leftoverResources = {
      list: jest.fn<Promise<LeftoverResourceList>, [ClusterRecord]>(),
      cleanUp: jest.fn<
        Promise<LeftoverResource[]>,
        Parameters<LeftoverResources['cleanUp']>
      >(),
    };

    const allow = { result: AuthorizeResult.ALLOW } as const;
    const app = express();
    app.use(jsonBody());
    app.use(
      createRegistryRouter({
        access: new ClusterAccess({
          authorizer: new Authorizer({
            permissions: mockServices.permissions.mock({
              authorize: async requests => requests.map(() => allow),
              authorizeConditional: async requests => requests.map(() => allow),
            }),
            permissionsRegistry: mockServices.permissionsRegistry.mock({
              getPermissionRuleset: () => ({ getRuleByName: () => never() }),
            }),
          }),
          clusters,
          callers: new Callers({
            httpAuth: mockServices.httpAuth(),
            people: { resolve },
          }),
          reads: {
            get: name => clusters.get(name),
            sharesOf: id => shares.list(id),
          },
          shares,
        }),
        addressPolicy: AddressPolicy.create(),
        auditor: mockServices.auditor.mock({
          createEvent: async ({ eventId, meta }) => ({
            success: async more => {
              audit.push({
                event: `${eventId} success`,
                meta: { ...meta, ...more?.meta },
              });
            },
            fail: async ({ error }) => {
              audit.push({ event: `${eventId} fail`, meta, error });
            },
          }),
        }),
        catalog,
        changes: { changed, recorded },
        clients,
        clusters,
        credentials,
        identity: ClusterIdentity.create({
          clients,
          clusters,
          connect: connectToClusters({ clients, credentials, strategies }),
          credentials,
          strategies,
          logger: mockServices.logger.mock(),
        }),
        issuer: 'https://portal.example.com/api/oidc',
        checkRuns: DatabaseCheckRunStore.create(knex),
        doctor: { run: examine },
        onboarding: { algorithm: 'RS256', pullSecrets: [] },
        probes: { request: requested, probe },
        proxy: true,
        leftovers: leftoverResources,
        shares,
        strategies,
      }),
    );
    app.use(
      MiddlewareFactory.create({
        config: mockServices.rootConfig(),
        logger: mockServices.logger.mock(),
      }).error(),
    );
    const api = request(app);
    const { body: cluster } = await api.post('/clusters').send({
      name: 'prod01',
      apiServer: 'https://k8s.example.com',
      caData,
    });
    return {
      api,
      audit,
      catalog,
      changed,
      recorded,
      cluster,
      clusters,
      get,
      knex,
      probe,
      examine,
      leftoverResources,
      review,
      requested,
      resolve,
      version,
    };
  }

  it('wakes the worker and the prober on every write', async () => {
    const { api, changed, recorded, requested, cluster } = await setUp();
    await api.patch('/clusters/prod01').send({ title: 'Production' });
    await api
      .put('/clusters/prod01/shares')
      .send({ groups: ['group:default/team-b'] });
    expect(requested.mock.calls).toEqual(Array(3).fill([cluster.id]));
    await api.delete('/clusters/prod01');
    expect(changed.mock.calls).toEqual(Array(3).fill([cluster.id]));
    expect(recorded.mock.calls).toEqual([[cluster.id]]);
    expect(requested).toHaveBeenCalledTimes(3);
  });

  it('raises the revision of a cluster once for each change of its shares', async () => {
    const { api, knex } = await setUp();
    const revision = async () =>
      (await knex('cluster_leases').first('revision'))?.revision ?? 0;
    const before = await revision();
    const teamB = 'group:default/team-b';
    await api.put('/clusters/prod01/shares').send({ groups: [teamB] });
    expect(await revision()).toBe(before + 1);
    await api.delete(`/clusters/prod01/shares?group=${teamB}`);
    expect(await revision()).toBe(before + 2);
  });

  it('notifies no worker and saves nothing when a request is refused', async () => {
    const { api, changed, recorded, requested, cluster } = await setUp();
    changed.mockClear();
    requested.mockClear();
    const refused = await Promise.all([
      api.post('/clusters').send({ name: 'PROD 01', apiServer: 'x', caData }),
      api
        .post('/clusters')
        .send({ name: 'PROD 01', apiServer: cluster.apiServer, caData }),
      api.patch('/clusters/prod01').send({ title: 'New', id: 'x' }),
      api
        .put('/clusters/prod01/shares')
        .send({ groups: ['group:default/team-b', 'group:default/unknown'] }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([400, 409, 400, 400]);
    expect(refused[1].body.error).toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('name "prod01" is taken'),
    });
    expect(changed).not.toHaveBeenCalled();
    expect(recorded).not.toHaveBeenCalled();
    expect(requested).not.toHaveBeenCalled();
    const { body } = await api.get('/clusters');
    expect(body).toEqual({ items: [cluster], totalItems: 1 });
  });

  it('updates the given fields and keeps the others', async () => {
    const { api, cluster } = await setUp();
    const updated = await api
      .patch('/clusters/prod01')
      .send({ title: 'Production', groupsPrefix: 'oidc:' });
    expect(updated.status).toBe(200);
    expect(updated.body).toEqual({
      ...cluster,
      etag: expect.stringMatching(/^"[\w-]{27}"$/),
      title: 'Production',
      groupsPrefix: 'oidc:',
    });
    const cleared = await api.patch('/clusters/prod01').send({ title: '' });
    expect(cleared.body).not.toHaveProperty('title');
    expect((await api.get('/clusters/prod01')).body).toEqual(cleared.body);
  });

  it('changes the state that the caller saw, or refuses if it changed since', async () => {
    const { api } = await setUp();
    const seen = await api.get('/clusters/prod01');
    expect(seen.headers).toMatchObject({
      etag: seen.body.etag,
      'cache-control': 'no-store',
    });
    const patch = (title: string, etag: string) =>
      api.patch('/clusters/prod01').set('If-Match', etag).send({ title });
    const first = await patch('First', seen.headers.etag);
    expect(first.status).toBe(200);
    expect(first.headers.etag).toBe(first.body.etag);

    const late = await patch('Late', seen.headers.etag);
    expect(late.status).toBe(412);
    expect(late.body.error).toMatchObject({
      name: 'PreconditionFailedError',
      message: expect.stringContaining('"prod01" was changed'),
    });
    expect((await patch('Any', '*')).status).toBe(200);
    const current = (await api.get('/clusters/prod01')).body.etag;
    expect((await patch('Weak', `W/${current}`)).status).toBe(412);
    expect((await patch('Odd', 'x')).status).toBe(412);
    expect((await patch('Any', `"other", ${current}`)).status).toBe(200);
    expect((await api.get('/clusters/prod01')).body.title).toBe('Any');
  });

  it('refuses to change clusters that the configuration owns', async () => {
    const { api, clusters, knex, cluster } = await setUp();
    await knex('clusters').update({ owner: 'config' });
    const refused = await Promise.all([
      api.patch('/clusters/prod01').send({ title: 'x' }),
      api.delete('/clusters/prod01'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403]);
    for (const { body } of refused) {
      expect(body.error.message).toContain('berth.clusters');
    }
    await clusters.setConfigMissing(cluster.id, true);
    expect((await api.get('/clusters/prod01')).body).toMatchObject({
      owner: 'config',
      configMissingSince: expect.stringMatching(/^\d{4}-/),
    });
    expect((await api.delete('/clusters/prod01')).status).toBe(204);
  });

  it('previews a registration, and registers nothing', async () => {
    const { api, audit, changed, clusters } = await setUp();
    audit.length = 0;
    changed.mockClear();
    const preview = (body: object) =>
      api.post('/clusters?dryRun=true').send(body);
    const unfinished = await preview({ name: 'Prod-01', apiServer: 'x' });
    expect(unfinished.status).toBe(200);
    expect(unfinished.body).toEqual({
      name: 'prod01',
      connection: 'oidc',
      problems: [
        { path: ['apiServer'], message: expect.stringMatching(/^apiServer/) },
        { path: ['caData'], message: 'caData is missing' },
        {
          path: ['name'],
          message:
            'name "prod01" is taken: there is a cluster of that name. Choose another name',
        },
      ],
    });
    const apiServer = 'https://dev.example.com';
    const fine = await preview({ name: 'Dev!', apiServer, caData });
    expect(fine.body).toMatchObject({ name: 'dev', apiServer, problems: [] });
    expect((await preview({}).query({ dryRun: 'maybe' })).status).toBe(400);
    await expect(clusters.list()).resolves.toHaveLength(1);
    expect([audit, changed.mock.calls]).toEqual([[], []]);
  });

  it('registers from a kubeconfig, and stores none of its credentials', async () => {
    const { api, knex } = await setUp();
    const kubeconfig = createKubeconfig([
      {
        cluster: 'Edge-7',
        apiServer: 'https://edge.example.com:6443',
        caData: Buffer.from(caData).toString('base64'),
        username: 'root',
        token: serviceAccountToken({ mark: 'very-secret' }),
      },
    ]);
    const created = await api.post('/clusters').send({ kubeconfig });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      name: 'edge7',
      apiServer: 'https://edge.example.com:6443',
      connection: 'oidc',
    });
    await expect(knex('cluster_credentials')).resolves.toEqual([]);
    const everything = JSON.stringify([await knex('clusters'), created.text]);
    expect(everything).not.toContain('eyJ');
  });

  it('S26 exchanges a token at once, stores the new one encrypted and shows neither', async () => {
    const { api, audit, knex, review } = await setUp();
    const bootstrap = serviceAccountToken({ mark: 'bootstrap' });
    const bound = serviceAccountToken({ iat: 1_000, exp: 1_000 + 86_400 });
    review.mockResolvedValue({
      token: bound,
      expirationTimestamp: '2026-11-22T00:00:00Z',
    });
    const created = await api.post('/clusters').send({
      name: 'gke',
      apiServer: 'https://gke.example.com',
      caData,
      connection: 'serviceAccount',
      credential: { token: bootstrap },
    });
    expect(created.status).toBe(201);
    expect(created.body.credential).toMatchObject({ state: 'Valid' });
    const seen = await Promise.all([
      api.get('/clusters'),
      api.get('/clusters/gke'),
      api.patch('/clusters/gke').send({ title: 'x' }),
    ]);
    const rows = await knex('cluster_credentials');
    expect(rows).toHaveLength(1);
    const everything = JSON.stringify([
      seen.map(({ text }) => text),
      created.text,
      audit,
      rows.map(row => row.message),
      await knex('clusters'),
    ]);
    for (const token of [bootstrap, bound]) {
      expect(everything).not.toContain(token);
      expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
    }
  });

  it('saves no cluster whose credential does not work', async () => {
    const { api, clusters, knex, review } = await setUp();
    review.mockRejectedValue(
      new KubeError('Unauthorized', 'The API server answers 401'),
    );
    const refused = await api.post('/clusters').send({
      name: 'gke',
      apiServer: 'https://gke.example.com',
      caData,
      connection: 'serviceAccount',
      credential: { token: serviceAccountToken() },
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toMatch(
      /^credential cannot be exchanged .* nothing was saved.* answers 401/,
    );
    await expect(clusters.get('gke')).resolves.toBeUndefined();
    await expect(knex('cluster_credentials')).resolves.toEqual([]);
  });

  it('S25 refuses another address or CA unless the same cluster answers there', async () => {
    const { api, clusters, cluster, get } = await setUp();
    await clusters.pin(cluster.id, 'uid-1');
    const move = () =>
      api
        .patch('/clusters/prod01')
        .send({ apiServer: 'https://new.example.com', title: 'Moved' });
    const namespace = (uid: string) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kube-system', uid },
    });
    get.mockResolvedValueOnce(namespace('uid-2'));
    const other = await move();
    expect(other.status).toBe(409);
    expect(other.body.error.message).toMatch(/Another cluster than "prod01"/);
    get.mockRejectedValueOnce(new KubeError('TCP', 'Nobody answers'));
    const unreachable = await move();
    expect(unreachable.status).toBe(409);
    expect(unreachable.body.error.message).toMatch(
      /cannot check whether .* Nobody answers.* Nothing was changed/,
    );
    expect((await api.get('/clusters/prod01')).body).toEqual(cluster);

    get.mockResolvedValueOnce(namespace('uid-1'));
    expect((await move()).body).toMatchObject({
      apiServer: 'https://new.example.com',
      title: 'Moved',
    });
  });

  it('lists the objects that stay on a cluster, and cleans up only on request', async () => {
    const { api, clusters, leftoverResources } = await setUp();
    const leftovers: LeftoverResourceList = {
      items: [
        { kind: 'Namespace', namespace: '', name: 'team-a', removable: false },
      ],
      totalItems: 1,
      reachable: true,
    };
    leftoverResources.list.mockResolvedValue(leftovers);
    const shown = await api.get('/clusters/prod01/leftovers');
    expect(shown.body).toEqual(leftovers);

    leftoverResources.cleanUp.mockRejectedValueOnce(
      new ConflictError('Out of reach'),
    );
    const failed = await api.delete('/clusters/prod01?cleanUp=true');
    expect([failed.status, failed.body.error.message]).toEqual([
      409,
      'Out of reach',
    ]);
    await expect(clusters.list()).resolves.toHaveLength(1);

    leftoverResources.cleanUp.mockImplementationOnce(async (_, forget) => {
      await forget();
      return [];
    });
    expect((await api.delete('/clusters/prod01?cleanUp=true')).status).toBe(
      204,
    );
    await expect(clusters.list()).resolves.toEqual([]);
    expect(leftoverResources.cleanUp).toHaveBeenCalledTimes(2);
  });

  it('S47 audits changes of the address and CA with old and new value, S46 without PEM', async () => {
    const { api, audit, cluster } = await setUp();
    await api
      .patch('/clusters/prod01')
      .send({ apiServer: 'https://new.example.com', caData: otherCaData });
    await api.patch('/clusters/prod01').send({ caData: 'garbage!' });
    const fingerprint = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(audit).toMatchObject([
      { event: 'cluster-create success' },
      {
        event: 'cluster-update success',
        meta: {
          cluster: 'prod01',
          clusterId: cluster.id,
          fields: ['apiServer', 'caPem'],
          apiServer: {
            from: 'https://k8s.example.com',
            to: 'https://new.example.com',
          },
          caSha256: { from: fingerprint, to: fingerprint },
        },
      },
      {
        event: 'cluster-update fail',
        meta: { cluster: 'prod01' },
        error: { name: 'InputError' },
      },
    ]);
    expect(JSON.stringify(audit)).not.toMatch(/-----BEGIN|LS0tLS1|garbage/);
  });

  it('S47 audits which groups a share adds and removes', async () => {
    const { api, audit } = await setUp();
    const put = (...groups: string[]) =>
      api
        .put('/clusters/prod01/shares')
        .set('If-Match', '*')
        .send({ groups: groups.map(ref => `group:default/${ref}`) });
    await put('team-a');
    await put('team-b');
    expect(audit.slice(1)).toMatchObject([
      { meta: { added: ['group:default/team-a'], removed: [] } },
      {
        event: 'cluster-share success',
        meta: {
          added: ['group:default/team-b'],
          removed: ['group:default/team-a'],
        },
      },
    ]);
  });

  it('loses no share when several are added and removed at once', async () => {
    const { api, audit } = await setUp();
    const path = '/clusters/prod01/shares';
    const ref = (name: string) => `group:default/${name}`;
    await api.post(path).send({ group: ref('team-a') });
    const answers = await Promise.all([
      api.post(path).send({ group: ref('team-b') }),
      api.delete(path).query({ group: ref('team-a') }),
      api.post(path).send({ group: ref('team_c'), name: 'team-c' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body } = await api.get(path);
    expect(body.items).toMatchObject([
      { group: ref('team-b') },
      { group: ref('team_c'), kubernetesName: 'team-c' },
    ]);
    const changes = audit.slice(-3).map(({ meta }) => meta);
    expect(changes).toContainEqual(
      expect.objectContaining({ added: [ref('team-b')], removed: [] }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ added: [], removed: [ref('team-a')] }),
    );
  });

  it('removes no share unless the caller names the state that it changes', async () => {
    const { api } = await setUp();
    const path = '/clusters/prod01/shares';
    const put = (...groups: string[]) =>
      api.put(path).send({ groups: groups.map(ref => `group:default/${ref}`) });
    const first = await put('team-a');
    expect(first.body.etag).toBe(first.headers.etag);
    expect((await put('team-a', 'team-b')).status).toBe(200);
    const unbound = await put('team-a');
    expect([unbound.status, unbound.body.error.message]).toEqual([
      428,
      expect.stringContaining('Who shares the cluster prod01 would lose'),
    ]);
    const stale = await put('team-a').set('If-Match', first.body.etag);
    expect(stale.status).toBe(412);
    const { etag } = (await api.get(path)).body;
    const removed = await put('team-a').set('If-Match', etag);
    expect(removed.body.items).toMatchObject([
      { group: 'group:default/team-a' },
    ]);
  });

  it('S18 refuses a group that would take the name of another, naming both', async () => {
    const { api } = await setUp();
    const put = (body: object) => api.put('/clusters/prod01/shares').send(body);
    await put({ groups: ['group:default/team-a'] });
    const groups = ['group:default/team-a', 'group:acme/team-a'];
    const refused = await put({ groups });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toMatch(
      /group:acme\/team-a.*group:default\/team-a.*"names"/,
    );
    const named = await put({
      groups,
      names: { 'group:acme/team-a': 'acme-team-a' },
    });
    expect(named.body.items).toMatchObject([
      { group: 'group:acme/team-a', namespace: 'acme-team-a' },
      { group: 'group:default/team-a', namespace: 'team-a' },
    ]);
  });

  it("S17 checks the spelling of the group's name, not of its ref", async () => {
    const { api } = await setUp();
    const groups = ['group:default/team_c'];
    const refused = await api.put('/clusters/prod01/shares').send({ groups });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain('"Team_C" cannot be');
    const named = await api
      .put('/clusters/prod01/shares')
      .send({ groups, names: { 'group:default/team_c': 'team-c' } });
    expect(named.body).toMatchObject({
      items: [{ group: 'group:default/team_c', kubernetesName: 'team-c' }],
      totalItems: 1,
    });
  });

  it('S11 saves nothing when the catalog does not answer', async () => {
    const { api, catalog } = await setUp();
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('down'));
    const { status } = await api
      .put('/clusters/prod01/shares')
      .send({ groups: ['group:default/team-a'] });
    expect(status).toBe(503);
    expect((await api.get('/clusters/prod01/shares')).body.items).toEqual([]);
  });

  it('S11 shows nothing when the caller is not known', async () => {
    const { api, resolve, clusters } = await setUp();
    resolve.mockRejectedValue(new Error('the catalog is down'));
    const answers = await Promise.all([
      api.get('/clusters'),
      api.get('/clusters/prod01'),
      api.get('/clusters/prod01/shares'),
      api.get('/clusters/prod01/onboarding?format=manifest'),
      api.post('/clusters/prod01/checks'),
      api.patch('/clusters/prod01').send({ title: 'x' }),
      api.put('/clusters/prod01/shares').send({ groups: [] }),
      api.delete('/clusters/prod01'),
    ]);
    for (const { status, text } of answers) {
      expect(status).toBe(500);
      expect(text).not.toContain('k8s.example.com');
    }
    await expect(clusters.get('prod01')).resolves.not.toHaveProperty('title');
  });

  it('deletes a cluster with its shares', async () => {
    const { api, knex } = await setUp();
    await api
      .put('/clusters/prod01/shares')
      .send({ groups: ['group:default/team-a'] });
    const deleted = await api.delete('/clusters/prod01');
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await api.delete('/clusters/prod01')).status).toBe(404);
    await expect(knex('shares')).resolves.toEqual([]);
  });

  it('runs the checks now, updates the status, and stores the runs', async () => {
    const { api, audit, probe, examine, cluster, knex } = await setUp();
    const run: CheckRun = {
      id: '01JD0000000000000000000001',
      trigger: 'Request',
      startedAt: '2026-11-21T12:00:00.000Z',
      finishedAt: '2026-11-21T12:00:01.000Z',
      items: [
        { id: 'dns', title: 'Host name', status: 'Passed', message: 'm' },
        { id: 'tcp', title: 'Connection', status: 'Failed', message: 'm' },
      ],
      totalItems: 2,
    };
    examine.mockResolvedValueOnce(run);
    probe.mockResolvedValueOnce(
      describeFailure(new KubeError('TCP', 'Nothing listens')),
    );
    const answer = await api.post('/clusters/prod01/checks');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(run);
    expect(examine).toHaveBeenCalledWith(cluster.id, 'Request');
    expect(probe).toHaveBeenCalledWith(cluster.id);
    expect(audit.at(-1)).toMatchObject({
      event: 'cluster-check success',
      meta: { state: 'Unreachable', failed: ['tcp'] },
    });
    await DatabaseCheckRunStore.create(knex).add(cluster.id, run);
    const { body } = await api.get('/clusters/prod01/checks');
    expect(body).toEqual({ items: [run], totalItems: 1 });
  });

  it('shows and runs checks for admins only', async () => {
    const { api, examine, resolve } = await setUp();
    await api
      .put('/clusters/prod01/shares')
      .send({ groups: ['group:default/team-a'] });
    resolve.mockResolvedValue({
      ...admin,
      groups: ['group:default/team-a'],
      memberships: [
        { group: 'group:default/team-a', path: ['group:default/team-a'] },
      ],
      admin: false,
    });
    expect((await api.get('/clusters/prod01')).status).toBe(200);
    expect((await api.get('/clusters/prod01/checks')).status).toBe(403);
    expect((await api.post('/clusters/prod01/checks')).status).toBe(403);
    expect((await api.get('/clusters/nosuch/checks')).status).toBe(404);
    expect(examine).not.toHaveBeenCalled();
  });

  describe('onboarding', () => {
    const path = '/clusters/prod01/onboarding';
    const hasPolicy = 'kind: ValidatingAdmissionPolicy\n';

    it('fits the manifest to the version that the cluster reports without authentication', async () => {
      const { api, version, cluster } = await setUp();
      version.mockResolvedValueOnce({ gitVersion: 'v1.33.1' });
      const modern = await api.get(path).query({ format: 'manifest' });
      expect(modern.status).toBe(200);
      expect(modern.headers['content-type']).toContain('application/yaml');
      expect(modern.text).toContain(`--oidc-client-id=${cluster.id}`);
      expect(modern.text).toContain(hasPolicy);

      version.mockResolvedValueOnce({ gitVersion: 'v1.20.2' });
      const old = await api.get(path).query({ format: 'manifest' });
      expect(old.text).not.toContain(hasPolicy);
      expect(old.text).toContain('NOT in this file: the cluster runs v1.20.2');
    });

    it.each([
      ['a refusal', new KubeError('Forbidden', 'not for you')],
      ['silence', new DOMException('too slow', 'TimeoutError')],
    ])(
      'falls back to the result of the last probe after %s',
      async (_, failure) => {
        const { api, version, clusters, cluster } = await setUp();
        version.mockRejectedValue(failure);
        const unknown = await api.get(path).query({ format: 'manifest' });
        expect(unknown.text).toContain('version could not be read');
        await clusters.setStatus(cluster.id, {
          state: 'Connected',
          version: 'v1.31.0',
        });
        const known = await api.get(path).query({ format: 'manifest' });
        expect(known.text).toContain(hasPolicy);
      },
    );

    it('returns a guide as JSON, as text, and as its file if it has only one', async () => {
      const { api, version, cluster } = await setUp();
      version.mockResolvedValue({ gitVersion: 'v1.33.1' });
      const get = (format: string, accept = '*/*') =>
        api.get(path).query({ format }).set({ accept });
      const guide = await get('k3s');
      expect(guide.body).toMatchObject({ format: 'k3s', title: 'k3s' });
      expect(guide.body.steps[0].text).toContain(cluster.id);
      const text = await get('k3s', 'text/plain');
      expect(text.headers['content-type']).toContain('text/plain');
      expect(text.text).toContain(
        '\n# 1. Save the AuthenticationConfiguration',
      );
      const manifest = await get('manifest', 'application/json');
      expect(manifest.body.steps).toHaveLength(2);
      const file = await get('authentication-config', 'application/yaml');
      expect(file.headers['content-disposition']).toContain(
        '"authentication.yaml"',
      );
      expect(file.text).toMatch(/^apiVersion: apiserver\.config\.k8s\.io/);
      const refused = await get('k3s', 'application/yaml');
      expect(refused.status).toBe(400);
      expect(refused.body.error.message).toMatch(
        /k3s is available as application\/json, text\/plain, and not as/,
      );
    });

    it('uses the version of the query', async () => {
      const { api, version } = await setUp();
      const { body } = await api
        .get(path)
        .query({ format: 'k3s', version: '1.34' });
      expect(body.steps[0].text).toContain('apiserver.config.k8s.io/v1\n');
      expect(version).not.toHaveBeenCalled();
    });

    it('follows the query for the admission policy', async () => {
      const { api, version } = await setUp();
      const get = (admissionPolicy: string) =>
        api.get(path).query({ format: 'manifest', admissionPolicy });
      expect((await get('true')).text).toContain(hasPolicy);
      expect((await get('false')).text).not.toContain(hasPolicy);
      expect(version).not.toHaveBeenCalled();
    });

    it.each([
      [{}, /^format is missing: it must be "manifest", /],
      [{ format: 'nosuch' }, /format "nosuch" must be "manifest", /],
      [{ format: 'k3s', version: 'new' }, /version "new" must be a version/],
      [{ format: ['manifest', 'manifest'] }, /must be "manifest", /],
      [
        { format: 'manifest', admissionPolicy: 'maybe' },
        /admissionPolicy "maybe" must be "auto", "true" or "false"/,
      ],
    ])('refuses %j', async (query, message) => {
      const { api } = await setUp();
      const { status, body } = await api.get(path).query(query);
      expect(status).toBe(400);
      expect(body.error.message).toMatch(message);
    });
  });
});
