import { TestDatabases } from '@backstage/backend-test-utils';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { setUpRegistry } from '../__testUtils__/setUpRegistry';

describe('the routes of shares', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let caData: string;

  beforeAll(async () => {
    caData = (await TestAuthority.create('ca')).pem;
  });

  const setUp = async () =>
    setUpRegistry(await databases.init('SQLITE_3'), caData);

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
});
