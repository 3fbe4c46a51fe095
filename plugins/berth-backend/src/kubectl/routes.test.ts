import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { createTestCertificates } from '@berth/control-plane';
import { parse } from 'yaml';
import { Laptop } from './__testUtils__/Laptop';
import {
  createWorld,
  ISSUER,
  startPortal,
  StartPortalOptions,
  TestPortal,
} from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const NOBODY = { Authorization: mockCredentials.none.header() };

describe('the routes of kubectl', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let portals: TestPortal[] = [];

  async function start(options?: StartPortalOptions) {
    const portal = await startPortal(
      await databases.init('SQLITE_3'),
      createWorld(),
      options,
    );
    portals.push(portal);
    return portal;
  }

  afterEach(async () => {
    await Promise.all(portals.map(portal => portal.stop()));
    portals = [];
  });

  it('S4 lets nobody pass the portal except to sessions and the program', async () => {
    const { api } = await start();
    for (const path of [
      '/kubectl',
      '/kubectl/',
      '/kubectl/devices',
      '/kubectl/devices/x',
      '/kubectl/sessions',
      '/kubectl/sessionx/credential',
      '/kubectl/session%2fcredential',
      '/kubectl/session/../devices',
      '/kubectl/session/..%2fdevices',
      '/kubectl/session/%2e%2e/devices',
      '/kubectl/session//credential',
      '//kubectl/session/credential',
      '/kubectl//session/credential',
      '/kubectl/session;x/credential',
      '/kubectl/session/credential/x',
      '/kubectl/session',
      '/kubectl/cli',
      '/kubectl/cli/',
      '/kubectl/client',
      '/kubectl/cli/package.json',
      '/kubectl/cli/../devices',
      '/kubectl/cli/..%2f..%2fclusters',
      '/kubectl/cli/%2e%2e/%2e%2e/clusters',
      '/kubectl/cli/kubectl-berth.mjs%00',
      '/kubeconfig',
      '/clusters',
      '/clusters/prod/token',
    ]) {
      for (const method of ['get', 'post'] as const) {
        const { status } = await api[method](`/api/berth${path}`).set(NOBODY);
        expect([method, path, [400, 401, 404].includes(status)]).toEqual([
          method,
          path,
          true,
        ]);
      }
    }
    // A spelling that Express takes for the route still needs the signature.
    for (const path of [
      '/kubectl/session/credential',
      '/KUBECTL/Session/End/',
    ]) {
      const { status } = await api
        .post(`/api/berth${path}`)
        .set(NOBODY)
        .send({ assertion: 'x' });
      expect([path, status]).toEqual([path, 401]);
    }
  });

  it('describes the portal to anyone, without a cache', async () => {
    const { api, url } = await start({ kubectl: { signInLifetime: '8h' } });
    const { body, headers, status } = await api
      .get('/api/berth/kubectl/cli/portal.json')
      .set(NOBODY);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual({
      app: 'https://portal.example.com',
      api: `${url}/api/berth`,
      issuer: ISSUER,
      time: expect.any(String),
      signInLifetime: 8 * 3600,
    });
  });

  it('writes a kubeconfig without a secret', async () => {
    const portal = await start();
    const prod = await portal.addCluster('prod', 'team-a');
    await portal.addCluster('other', 'team-b');
    const far = await portal.addCluster('far', 'team-a');
    await portal.clusters.update(far, { kubectlVia: 'portal' });
    const { text, headers } = await portal.as('alice').get('/kubeconfig');
    expect(headers['content-type']).toContain('application/yaml');
    expect(text).not.toMatch(/token|eyJ/);
    const config = parse(text);
    expect(config).toMatchObject({
      'current-context': 'far',
      clusters: [
        {
          name: 'far',
          cluster: {
            server: `${portal.url}/api/berth/clusters/far/proxy`,
          },
        },
        {
          name: 'prod',
          cluster: {
            server: 'https://prod.example.com',
            'certificate-authority-data': btoa('the CA of prod'),
          },
        },
      ],
      contexts: [
        { name: 'far', context: { namespace: 'team-a' } },
        { name: 'prod', context: { namespace: 'team-a' } },
      ],
    });
    expect(config.users[1]).toEqual({
      name: 'user:alice@prod',
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'kubectl-berth',
          args: [
            'credential',
            `--portal=${portal.url}`,
            '--cluster=prod',
            `--cluster-id=${prod}`,
          ],
          installHint:
            'kubectl-berth is missing. Install it: https://portal.example.com/berth/kubectl',
          interactiveMode: 'Never',
          provideClusterInfo: false,
        },
      },
    });
    const one = await portal
      .as('alice')
      .get('/kubeconfig?cluster=prod&namespace=shop&execVersion=v1beta1');
    expect(parse(one.text)).toMatchObject({
      clusters: [{ name: 'prod' }],
      contexts: [{ context: { namespace: 'shop' } }],
      users: [
        {
          user: {
            exec: { apiVersion: 'client.authentication.k8s.io/v1beta1' },
          },
        },
      ],
    });
    const statuses = await Promise.all(
      ['cluster=other', 'cluster=nowhere', 'namespace=shop'].map(
        async query =>
          (
            await portal.as('alice').get(`/kubeconfig?${query}`)
          ).status,
      ),
    );
    expect(statuses).toEqual([404, 404, 400]);
    // An auditor reads everything and gets into no cluster.
    expect(parse((await portal.as('auditor').get('/kubeconfig')).text)).toEqual(
      expect.objectContaining({ clusters: [], users: [] }),
    );
  });

  it('limits a computer, and an address that signs nothing, without refusing others', async () => {
    const portal = await start();
    const [alice, bob] = [
      await portal.signIn('alice'),
      await portal.signIn('bob'),
    ];
    const clusters = async (laptop: Laptop) =>
      portal.session('clusters', await laptop.sign('clusters'));
    const stranger = await Laptop.create(ISSUER);
    stranger.id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const strange: number[] = [];
    for (let call = 0; call < 62; call++) {
      strange.push((await clusters(stranger)).status);
    }
    expect(strange.filter(status => status === 401)).toHaveLength(60);
    expect(strange.slice(60)).toEqual([429, 429]);
    // All share the address of the reverse proxy.
    expect((await clusters(alice)).status).toBe(200);
    const own: number[] = [];
    for (let call = 0; call < 60; call++) {
      own.push((await clusters(alice)).status);
    }
    expect(own[own.length - 1]).toBe(429);
    expect((await clusters(bob)).status).toBe(200);
  });

  it('counts tokens of a person in the portal and on computers together', async () => {
    const portal = await start({ kubectl: {} });
    const prod = await portal.addCluster('prod', 'team-a');
    const laptop = await portal.signIn('alice');
    const { headers } = await portal.mint(laptop, 'prod', prod);
    const remaining = (value: string) =>
      Number(/remaining=(\d+)/.exec(value)![1]);
    const first = remaining(headers.ratelimit);
    const { headers: after } = await portal
      .as('alice')
      .post('/clusters/prod/token');
    expect(remaining(after.ratelimit)).toBe(first - 1);
  });

  it('contains the CA of the portal if it is not a public one', async () => {
    const { caPem } = await createTestCertificates('portal');
    const portal = await start({
      onboarding: { issuerCertificateAuthority: caPem },
    });
    const far = await portal.addCluster('far', 'team-a');
    await portal.clusters.update(far, { kubectlVia: 'portal' });
    const { text } = await portal.as('alice').get('/kubeconfig');
    const ca = expect.stringMatching(/^LS0tLS1/);
    expect(parse(text)).toMatchObject({
      clusters: [{ cluster: { 'certificate-authority-data': ca } }],
      users: [
        {
          user: {
            exec: { env: [{ name: 'KUBECTL_BERTH_CA_DATA', value: ca }] },
          },
        },
      ],
    });
    const laptop = await portal.signIn('alice');
    const { body } = await portal.session(
      'clusters',
      await laptop.sign('clusters'),
    );
    expect(body).toMatchObject({
      portalCaData: ca,
      items: [{ via: 'portal', caData: ca }],
    });
  });
});
