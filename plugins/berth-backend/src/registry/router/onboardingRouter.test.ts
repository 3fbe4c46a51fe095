import { TestDatabases } from '@backstage/backend-test-utils';
import { CheckRun } from '@berth/plugin-berth-common';
import { KubeError } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { DatabaseCheckRunStore } from '../doctor/DatabaseCheckRunStore';
import { describeFailure } from '../probe/describeFailure';
import { setUpRegistry, registryAdmin } from '../__testUtils__/setUpRegistry';

describe('the routes of checks and onboarding', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let caData: string;

  beforeAll(async () => {
    caData = (await TestAuthority.create('ca')).pem;
  });

  const setUp = async () =>
    setUpRegistry(await databases.init('SQLITE_3'), caData);

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
      ...registryAdmin,
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
