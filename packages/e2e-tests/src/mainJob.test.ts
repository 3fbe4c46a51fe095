import { SandboxCluster } from '@berth/cluster-sandbox';
import {
  ControlPlane,
  describeWithControlPlane,
  runKubectl,
} from '@berth/control-plane';
import { currentKubectl } from '@berth/kube-binaries';
import {
  BerthClient,
  Cluster,
  createKubeconfig,
} from '@berth/plugin-berth-common';
import { decodeJwt } from 'jose';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { eventually } from './portal/eventually';
import { Laptop } from './portal/Laptop';
import { Portal } from './portal/Portal';

jest.setTimeout(300_000);

/**
 * The main job on real parts: the portal's backend over https, a real kube-apiserver that trusts its
 * issuer, the manifest that the portal generates, and kubectl with the kubeconfigs that it gives.
 */
describeWithControlPlane('a cluster, shared and entered', () => {
  let portal: Portal;
  let controlPlane: ControlPlane;
  let ada: BerthClient;
  let cluster: Cluster;

  beforeAll(async () => {
    controlPlane = await ControlPlane.start();
    portal = await Portal.start();
    ada = await portal.signIn('ada');
    cluster = await ada.createCluster({
      name: 'Prod 01',
      title: 'Production',
      apiServer: controlPlane.apiServer,
      caData: controlPlane.caPem,
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await controlPlane?.stop();
  });

  async function asClusterAdmin(args: string[], input?: string) {
    const path = await controlPlane.adminKubeconfig();
    const kubeconfig = await readFile(path, 'utf8');
    const result = await runKubectl(args, { kubeconfig, input });
    expect({ args, ...result }).toMatchObject({ code: 0 });
    return result.stdout;
  }

  async function as(person: string, ...args: string[]) {
    const kubeconfig = await portal.kubeconfig(person, 'prod01');
    return runKubectl(args, { kubeconfig });
  }

  async function outcome(person: string, ...args: string[]) {
    const { code, stderr } = await as(person, ...args);
    if (code === 0) {
      return 'done';
    }
    return /forbidden/i.test(stderr) ? 'forbidden' : stderr;
  }

  async function groupsOf(person: string) {
    const { token } = await (await portal.signIn(person)).createToken('prod01');
    return decodeJwt(token).groups;
  }

  it('shows the cleaned name, and why the portal has no access yet', async () => {
    expect(cluster).toMatchObject({ name: 'prod01', title: 'Production' });
    expect(await portal.check('prod01')).toMatchObject({
      state: 'Unauthorized',
      cause: 'Unauthorized',
    });
  });

  it('S6 connects once the API server trusts the issuer and the manifest is applied', async () => {
    await controlPlane.restartApiServer({
      issuerUrl: portal.issuer,
      caPem: portal.caPem,
      clientId: cluster.id,
    });
    await eventually('the API server knows the issuer', async () => {
      return (await portal.check('prod01')).state !== 'Unauthorized';
    });
    expect(await portal.check('prod01')).toMatchObject({ state: 'Forbidden' });

    const manifest = await ada.getOnboardingManifest('prod01');
    await asClusterAdmin(['apply', '-f', '-'], manifest);
    await asClusterAdmin(
      ['create', '-f', '-'],
      JSON.stringify({
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'fast' },
        provisioner: 'example.com/fast',
      }),
    );
    await asClusterAdmin(
      ['create', '-f', '-'],
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'node-1' },
      }),
    );
    await eventually('the cluster is connected', async () => {
      return (await portal.check('prod01')).state === 'Connected';
    });
    expect((await ada.getCluster('prod01')).status).toMatchObject({
      state: 'Connected',
      version: 'v1.20.2',
      nodes: 1,
    });
  });

  it('shares it: the namespaces and RoleBindings are created', async () => {
    await ada.setShares('prod01', {
      groups: [
        'group:default/team-a',
        'group:default/team-b',
        'group:default/engineering',
      ],
    });
    await eventually('all shares are Ready', async () => {
      const { items } = await ada.getShares('prod01');
      return (
        items.length === 3 && items.every(share => share.state === 'Ready')
      );
    });
    const binding = JSON.parse(
      await asClusterAdmin([
        'get',
        'rolebinding',
        'berth:admin:team-a',
        '--namespace=team-a',
        '--output=json',
      ]),
    );
    expect(binding).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/managed-by': 'berth' } },
      roleRef: { kind: 'ClusterRole', name: 'admin' },
      subjects: [{ kind: 'Group', name: 'team-a' }],
    });
  });

  it("lets a member work in the group's namespace and nowhere else", async () => {
    expect(await groupsOf('alice')).toEqual(['cluster-scope', 'team-a']);
    expect(
      await outcome(
        'alice',
        'create',
        'configmap',
        'greeting',
        '--from-literal=a=b',
      ),
    ).toBe('done');
    expect(
      await outcome('alice', 'create', 'deployment', 'web', '--image=nginx'),
    ).toBe('done');
    expect(
      (await as('alice', 'get', 'storageclasses', '-o', 'name')).stdout,
    ).toBe('storageclass.storage.k8s.io/fast\n');
    for (const args of [
      ['get', 'pods', '--namespace=kube-system'],
      ['get', 'secrets', '--namespace=team-b'],
      ['create', 'configmap', 'intruder', '--namespace=team-b'],
      ['get', 'namespaces'],
      ['get', 'nodes'],
      ['create', 'namespace', 'mine'],
    ]) {
      expect([args, await outcome('alice', ...args)]).toEqual([
        args,
        'forbidden',
      ]);
    }
  });

  it('gives a member of a nested group access through an ancestor', async () => {
    expect(await groupsOf('noor')).toEqual(['cluster-scope', 'engineering']);
    expect(await outcome('noor', 'create', 'configmap', 'nested')).toBe('done');
    expect(await outcome('noor', 'get', 'pods', '--namespace=team-a')).toBe(
      'forbidden',
    );
  });

  it('lets a platform admin do everything', async () => {
    expect(await groupsOf('ada')).toEqual(['cluster-scope', 'cluster-admins']);
    const { stdout } = await as(
      'ada',
      'auth',
      'can-i',
      '*',
      '*',
      '--all-namespaces',
    );
    expect(stdout.trim()).toBe('yes');
    expect(
      await outcome('ada', 'get', 'secrets', '--namespace=kube-system'),
    ).toBe('done');
  });

  describe('with kubectl-berth, over SSH', () => {
    let server: Laptop;

    beforeAll(async () => {
      server = await Laptop.withoutBrowser({
        CURL_CA_BUNDLE: portal.caFile,
        KUBECTL_BERTH_CA_FILE: portal.caFile,
        SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22',
      });
    });

    afterAll(() => server?.remove());

    const kubectl = (args: string) =>
      server.run(`kubectl --context prod01 ${args}`);

    async function mintsOf(person: string): Promise<number> {
      const { items } = await ada.listActivity({
        actor: `user:default/${person}`,
        event: 'token-mint',
        limit: 500,
      });
      return items.length;
    }

    it('S49 installs the program, and signs in with a code that the person pastes', async () => {
      const installer = `${portal.url}/api/berth/kubectl/cli/install.sh`;
      expect(await server.run(`curl -fsSL ${installer} | sh`)).toMatchObject({
        code: 0,
      });
      const alice = await portal.signIn('alice');
      const login = server.start(`kubectl berth login ${portal.url}`);
      let link: URL | undefined;
      await eventually('kubectl berth login prints a link', async () => {
        const found = /^ {2}(https:\S+)$/m.exec(login.said())?.[1];
        link = found === undefined ? undefined : new URL(found);
        return link !== undefined;
      });
      const {
        key = '',
        name,
        system,
        version,
        ...rest
      } = Object.fromEntries(link!.searchParams);
      expect(rest).toEqual({});
      const [x, y] = key.split('.');
      const { id, code } = await alice.connectDevice({
        publicKey: { kty: 'EC', crv: 'P-256', x, y },
        name,
        system,
        version,
      });
      login.child.stdin.write(`${id}.${'A'.repeat(43)}\n`);
      login.child.stdin.write(`${id}.${code}\n`);
      const { code: exit, stderr } = await login.ended;
      expect({ exit, stderr }).toEqual({
        exit: 0,
        stderr: expect.stringContaining('as user:default/alice until'),
      });
    });

    it('S44 S55 opens the own namespace only, and mints at most twice for 20 kubectl at a time', async () => {
      const before = await mintsOf('alice');
      const all = await Promise.all(
        Array.from({ length: 20 }, () => kubectl('get configmap greeting')),
      );
      expect(all.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        all.map(() => ({ code: 0, stderr: '' })),
      );
      expect(await mintsOf('alice')).toBeLessThanOrEqual(before + 2);
      const secrets = await kubectl('get secrets -n team-b');
      expect(secrets.stderr).toMatch(/"user:alice" cannot list/);
      expect(await server.kubeconfig()).not.toMatch(/eyJ|PRIVATE KEY/);
    });

    it('S56 works through the portal once the cluster says so', async () => {
      await ada.updateCluster('prod01', { kubectlVia: 'portal' });
      const setUp = await server.run('kubectl berth setup');
      expect(setUp).toMatchObject({ code: 0 });
      expect(parse(await server.kubeconfig()).clusters).toMatchObject([
        {
          cluster: { server: `${portal.url}/api/berth/clusters/prod01/proxy` },
        },
      ]);
      const work = async (args: string) => {
        const { code, stdout, stderr } = await kubectl(args);
        return code === 0 ? stdout.trim() : stderr.trim();
      };
      expect(await work('create configmap farewell --from-literal=a=b')).toBe(
        'configmap/farewell created',
      );
      expect(await work('get configmap farewell -o jsonpath={.data.a}')).toBe(
        'b',
      );
      expect(await work('auth can-i create pods')).toBe('yes');
      expect(await work('get secrets -n team-b')).toMatch(
        /"user:alice" cannot list/,
      );
      expect(await work('describe configmap farewell')).toContain('farewell');
      const watch = server.start(
        'exec kubectl --context prod01 get configmaps -w --request-timeout=120s',
      );
      await eventually('the watch shows the present objects', async () =>
        watch.said().includes('farewell'),
      );
      expect(await work('delete configmap farewell')).toBe(
        'configmap "farewell" deleted',
      );
      await eventually('the watch shows the deletion', async () => {
        return watch.said().split('farewell').length > 2;
      });
      watch.child.kill();
      await watch.ended;
    });

    it('S56 works through the portal with a current kubectl, too', async () => {
      const program = (await currentKubectl()) ?? 'kubectl';
      const work = async (args: string) => {
        const command = `${program} --context prod01 ${args}`;
        const { code, stdout, stderr } = await server.run(command);
        return code === 0 ? stdout.trim() : stderr.trim();
      };
      const manifest = `printf '%s' '${JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'current' },
        data: { a: 'b' },
      })}'`;
      expect(
        (
          await server.run(
            `${manifest} | ${program} --context prod01 apply -f -`,
          )
        ).stdout,
      ).toContain('configmap/current created');
      expect(
        (
          await server.run(
            `${manifest} | ${program} --context prod01 apply --server-side --force-conflicts -f -`,
          )
        ).stdout,
      ).toContain('configmap/current serverside-applied');
      expect(await work('get configmap current -o jsonpath={.data.a}')).toBe(
        'b',
      );
      expect(await work('describe configmap current')).toContain('current');
      expect(await work('auth can-i create pods')).toBe('yes');
      expect(await work('explain configmap.data')).toContain('Data contains');
      expect(await work('delete configmap current')).toContain('deleted');
      expect(await work('get secrets -n team-b')).toMatch(
        /"user:alice" cannot list/,
      );
      await ada.updateCluster('prod01', { kubectlVia: 'direct' });
      await server.run('kubectl berth setup');
    });

    // A control plane without kubelets has no logs, so this cluster is a sandbox.
    it('S31 S56 follows the log of a running pod through the portal', async () => {
      const sandbox = await SandboxCluster.start({
        name: 'harbour',
        podStepMs: 20,
      });
      try {
        const harbour = await ada.createCluster({
          name: 'harbour',
          apiServer: sandbox.apiServer,
          caData: sandbox.caPem,
          kubectlVia: 'portal',
        });
        sandbox.setIssuer({
          url: portal.issuer,
          audience: harbour.id,
          caPem: portal.caPem,
        });
        const kubeconfig = createKubeconfig([
          {
            cluster: 'harbour',
            apiServer: sandbox.apiServer,
            caData: Buffer.from(sandbox.caPem).toString('base64'),
            username: 'admin',
            token: sandbox.adminToken,
          },
        ]);
        const manifest = await ada.getOnboardingManifest('harbour');
        await runKubectl(['apply', '-f', '-'], { kubeconfig, input: manifest });
        await ada.setShares('harbour', { groups: ['group:default/team-a'] });
        await eventually('the share is Ready', async () => {
          await portal.check('harbour');
          const { items } = await ada.getShares('harbour');
          return items[0].state === 'Ready';
        });
        expect(await server.run('kubectl berth setup')).toMatchObject({
          code: 0,
        });
        const harbourKubectl = 'kubectl --context harbour';
        expect(
          await server.run(
            `${harbourKubectl} create deployment web --image=shop/web:1`,
          ),
        ).toMatchObject({ code: 0 });
        expect(
          await server.run(
            `${harbourKubectl} rollout status deployment/web --timeout=90s`,
          ),
        ).toMatchObject({ code: 0 });

        const follow = server.start(
          `exec ${harbourKubectl} logs -f --timestamps deployment/web`,
        );
        const lines = () => follow.said().trim().split('\n').filter(Boolean);
        await eventually('the log begins', async () => lines().length > 0);
        const begun = lines().length;
        await eventually('the log goes on', async () => {
          return lines().length >= begun + 2;
        });
        follow.child.kill();
        await follow.ended;
        expect(new Set(lines()).size).toBe(lines().length);
      } finally {
        await ada.deleteCluster('harbour').catch(() => {});
        await sandbox.stop();
      }
    });

    it('S51 S52 S54 gets no token once an admin ended the sign-in, and says why', async () => {
      await ada.endDevices({ user: 'user:default/alice' });
      await server.forgetTokens();
      const refused = await kubectl('get pods');
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('user:default/ada ended it');
      expect(refused.stderr).toContain('Run: kubectl berth login');
      const entries = await ada.listActivity({
        event: 'kubectl-end',
        actor: 'user:default/ada',
      });
      expect(entries.items).toHaveLength(1);
    });
  });

  it('explains why, and the cluster agrees', async () => {
    const alice = await portal.signIn('alice');
    const own = await alice.explainAccess({
      cluster: 'prod01',
      namespace: 'team-a',
    });
    expect(own.steps.map(({ link, status }) => [link, status])).toEqual(
      ['person', 'group', 'share', 'grant', 'binding', 'review'].map(link => [
        link,
        'Passed',
      ]),
    );
    expect(own.review?.items.map(({ allowed }) => allowed)).toEqual([
      true,
      true,
      true,
      true,
    ]);

    const other = await alice.explainAccess({
      cluster: 'prod01',
      namespace: 'team-b',
    });
    expect(other).toMatchObject({
      allowed: false,
      missing: expect.stringContaining('holds a role in "team-b"'),
    });
    const nowhere = await (
      await portal.signIn('gus')
    ).explainAccess({ cluster: 'prod01' });
    expect(nowhere).toMatchObject({ allowed: false, tokenGroups: [] });
  });

  it('explains to admins, and only to them, what others may do', async () => {
    const question = {
      cluster: 'prod01',
      namespace: 'engineering',
      user: 'user:default/noor',
    };
    const explanation = await ada.explainAccess(question);
    expect(explanation).toMatchObject({
      username: 'user:noor',
      allowed: true,
      roles: [{ role: 'admin', group: 'group:default/engineering' }],
    });
    expect(explanation.roles[0].path.length).toBeGreaterThan(1);
    expect(
      explanation.review?.items.map(({ expected, allowed }) => [
        expected,
        allowed,
      ]),
    ).toEqual(Array(4).fill([true, true]));

    const alice = await portal.signIn('alice');
    await expect(alice.explainAccess(question)).rejects.toMatchObject({
      statusCode: 403,
    });
    await expect(
      ada.explainAccess({ ...question, user: 'group:default/team-a' }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it('S9 lets a person without groups see nothing and get no token', async () => {
    const gus = await portal.signIn('gus');
    expect(await gus.listClusters()).toEqual({ items: [], totalItems: 0 });
    for (const name of ['prod01', 'nosuch']) {
      await expect(gus.createToken(name)).rejects.toMatchObject({
        statusCode: 404,
      });
    }
  });

  it("S7 rejects another cluster's token", async () => {
    await ada.createCluster({
      name: 'other',
      apiServer: 'https://127.0.0.1:1',
      caData: controlPlane.caPem,
    });
    await ada.setShares('other', { groups: ['group:default/team-a'] });
    const alice = await portal.signIn('alice');
    const [right, wrong] = await Promise.all(
      ['prod01', 'other'].map(
        async name => (await alice.createToken(name)).token,
      ),
    );
    const kubeconfig = await portal.kubeconfig('alice', 'prod01');
    expect(kubeconfig).toContain(right);
    const { code, stderr } = await runKubectl(['get', 'configmaps'], {
      kubeconfig: kubeconfig.replace(right, wrong),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Unauthorized|must be logged in/);
  });

  it('S10 S35 unshares: the binding and the claim go, the namespace and its content stay', async () => {
    await ada.removeShare('prod01', 'group:default/team-a');
    await eventually('the RoleBinding is gone', async () => {
      const names = await asClusterAdmin([
        'get',
        'rolebindings',
        '--namespace=team-a',
        '--output=name',
      ]);
      return names === '';
    });
    const kept = await asClusterAdmin([
      'get',
      'configmap/greeting',
      'deployment/web',
      '--namespace=team-a',
      '--output=name',
    ]);
    expect(kept).toBe('configmap/greeting\ndeployment.apps/web\n');
    const alice = await portal.signIn('alice');
    await expect(alice.createToken('prod01')).rejects.toMatchObject({
      statusCode: 404,
    });
    expect(await outcome('noor', 'get', 'configmaps')).toBe('done');
  });
});
