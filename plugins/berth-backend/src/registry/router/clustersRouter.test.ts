import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import {
  LeftoverResourceList,
  createKubeconfig,
} from '@berth/plugin-berth-common';
import { KubeError } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { serviceAccountToken } from '../__testUtils__/testStrategies';
import { setUpRegistry } from '../__testUtils__/setUpRegistry';

describe('the routes of clusters', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let caData: string;
  let otherCaData: string;

  beforeAll(async () => {
    caData = (await TestAuthority.create('ca')).pem;
    otherCaData = (await TestAuthority.create('other')).pem;
  });

  const setUp = async () =>
    setUpRegistry(await databases.init('SQLITE_3'), caData);

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
});
