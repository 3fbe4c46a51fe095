import { TestDatabases } from '@backstage/backend-test-utils';
import {
  adminKubeconfig,
  ControlPlane,
  describeWithControlPlane,
  KubectlResult,
  runKubectl,
} from '@berth/control-plane';
import { createKubeconfig } from '@berth/plugin-berth-common';
import { setTimeout as delay } from 'node:timers/promises';
import { migrate } from '../database/migrate';
import { IssuerUnderTest } from '../issuer/verifiers/__testUtils__/IssuerUnderTest';
import { CLUSTER } from '../reconciler/__testUtils__/fakes';
import { ProxyUnderTest } from './__testUtils__/ProxyUnderTest';

const START_MS = 180_000;
const OWN = 'team-a';
const SECOND_MS = 1_000;

const ROLE = {
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'ClusterRole',
  name: 'admin',
};

const SETTING = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: OWN } },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'team', namespace: OWN },
      roleRef: ROLE,
      subjects: [{ apiGroup: ROLE.apiGroup, kind: 'Group', name: OWN }],
    },
  ],
});

const CONTAINERS = [{ name: 'web', image: 'web' }];

const POD = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: CONTAINERS, automountServiceAccountToken: false },
});

const DEPLOYMENT = (replicas: number) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: CONTAINERS },
      },
    },
  });

/** Waits until something holds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await delay(100);
  }
}

jest.setTimeout(180_000);

describeWithControlPlane(
  'kubectl through the proxy to a real API server',
  () => {
    const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
    let issuer: IssuerUnderTest;
    let controlPlane: ControlPlane;
    let proxy: ProxyUnderTest;

    beforeAll(async () => {
      const database = await databases.init('SQLITE_3');
      await migrate(database);
      issuer = await IssuerUnderTest.start({ database });
      controlPlane = await ControlPlane.start({
        audit: true,
        oidc: {
          issuerUrl: issuer.url,
          caPem: issuer.caPem,
          clientId: CLUSTER.id,
        },
      });
      proxy = await ProxyUnderTest.start({
        https: true,
        target: controlPlane,
        issuer: { url: issuer.url, keyRing: issuer.publishing },
      });
      const made = await runKubectl(['apply', '-f', '-'], {
        kubeconfig: adminKubeconfig(controlPlane),
        input: SETTING,
      });
      if (made.code !== 0) {
        throw new Error(made.stderr);
      }
      await until(async () => {
        const { stdout } = await kubectl('auth', 'can-i', 'get', 'pods');
        return stdout === 'yes\n';
      });
    }, START_MS);

    beforeEach(() => {
      proxy.events.length = 0;
    });

    afterAll(async () => {
      await proxy?.stop();
      await controlPlane?.stop();
      await issuer?.stop();
    }, START_MS);

    async function tokenOf(notAfter?: Date) {
      return issuer.token({
        sub: 'user:alice',
        aud: CLUSTER.id,
        groups: [OWN],
        ...(notAfter && { notAfter }),
      });
    }

    async function kubeconfig(notAfter?: Date): Promise<string> {
      return createKubeconfig([
        {
          cluster: 'prod01',
          apiServer: proxy.url(''),
          caData: Buffer.from(proxy.caPem).toString('base64'),
          username: 'user:alice',
          token: await tokenOf(notAfter),
          namespace: OWN,
        },
      ]);
    }

    async function kubectl(...args: string[]): Promise<KubectlResult> {
      return runKubectl(args, { kubeconfig: await kubeconfig() });
    }

    async function kubectlWith(
      input: string,
      ...args: string[]
    ): Promise<KubectlResult> {
      return runKubectl(args, { kubeconfig: await kubeconfig(), input });
    }

    it('S56 gets, describes, applies, scales and deletes in the own namespace', async () => {
      for (const how of [[], ['--server-side']]) {
        expect(
          await kubectlWith(DEPLOYMENT(1), 'apply', ...how, '-f', '-'),
        ).toMatchObject({ code: 0, stderr: '' });
      }
      expect(await kubectlWith(DEPLOYMENT(2), 'diff', '-f', '-')).toMatchObject(
        {
          code: 1,
          stdout: expect.stringContaining('replicas: 2'),
        },
      );
      expect(
        await kubectl('scale', 'deployment/web', '--replicas=3'),
      ).toMatchObject({ code: 0 });
      expect(await kubectl('get', 'deployments')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^NAME +READY .*\nweb +0\/3 /),
      });
      expect(await kubectl('describe', 'deployment', 'web')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/Replicas: +3 desired/),
      });
      expect(
        await kubectl('label', 'deployment', 'web', 'tier=gold'),
      ).toMatchObject({ code: 0 });
      expect(await kubectl('delete', 'deployment', 'web')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('deleted'),
      });
      expect(await kubectl('get', 'deployment', 'web')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('NotFound'),
      });
      expect(proxy.events).toContainEqual(
        expect.objectContaining({
          eventId: 'proxy-write',
          actor: 'user:default/alice',
          meta: expect.objectContaining({
            verb: 'delete',
            resource: 'deployments.apps',
            namespace: OWN,
            name: 'web',
          }),
        }),
      );
    });

    it('gives a write the same ID in the activity log and in the audit log of the API server', async () => {
      await kubectl('create', 'configmap', 'joined');
      const { meta } = proxy.events.find(({ eventId }) =>
        eventId.endsWith('write'),
      )!;
      const find = async () =>
        (await controlPlane.auditEvents()).find(
          ({ auditID }) => auditID === meta.auditId,
        );
      await until(async () => (await find()) !== undefined);
      expect(await find()).toMatchObject({
        verb: 'create',
        user: { username: 'user:alice' },
        objectRef: { resource: 'configmaps', name: 'joined', namespace: OWN },
      });
    });

    it('S56 is forbidden elsewhere, in the words of the API server', async () => {
      expect(await kubectl('get', 'pods', '-n', 'default')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /Error from server \(Forbidden\): pods is forbidden: User "user:alice" cannot list resource "pods"/,
        ),
      });
      expect(await kubectl('get', 'nodes')).toMatchObject({ code: 1 });
      expect(await kubectl('auth', 'can-i', 'delete', 'nodes')).toMatchObject({
        code: 1,
        stdout: 'no\n',
      });
      expect(await kubectl('auth', 'can-i', '--list')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('deployments.apps'),
      });
    });

    it('explains, and lists versions and resources', async () => {
      expect(
        await kubectl('explain', 'deployment.spec.replicas'),
      ).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Number of desired pods'),
      });
      expect(await kubectl('version')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('Server Version: v1.'),
      });
      expect(await kubectl('api-resources')).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('deployments'),
      });
    });

    it('S31 watches until the token ends, with the events as they come', async () => {
      const started = Date.now();
      const watching = runKubectl(['get', 'configmaps', '-w', '-o', 'name'], {
        kubeconfig: await kubeconfig(new Date(started + 7 * SECOND_MS)),
      });
      await until(async () => proxy.streams.open === 1);
      expect(await kubectl('create', 'configmap', 'seen')).toMatchObject({
        code: 0,
      });
      const { stdout } = await watching;
      expect(stdout).toContain('configmap/seen');
      expect(Date.now() - started).toBeGreaterThan(3 * SECOND_MS);
      await until(async () => proxy.streams.open === 0);
    });

    it('answers for the log of a pod that runs nowhere as the API server does', async () => {
      expect(await kubectlWith(POD, 'apply', '-f', '-')).toMatchObject({
        code: 0,
      });
      const direct = createKubeconfig([
        {
          cluster: 'prod01',
          apiServer: controlPlane.apiServer,
          caData: Buffer.from(controlPlane.caPem).toString('base64'),
          username: 'user:alice',
          token: await tokenOf(),
          namespace: OWN,
        },
      ]);
      const logs = ['logs', '-f', 'web'];
      expect(await kubectl(...logs)).toEqual(
        await runKubectl(logs, { kubeconfig: direct }),
      );
      expect(proxy.events).toContainEqual(
        expect.objectContaining({
          eventId: 'pod-log',
          actor: 'user:default/alice',
          meta: expect.objectContaining({ name: 'web' }),
        }),
      );
    });

    it.each([
      [['exec', 'web', '--', 'sh']],
      [['attach', 'web']],
      [['create', 'token', 'default']],
    ])('S29 refuses %s with words', async args => {
      await kubectlWith(POD, 'apply', '-f', '-');
      const { code, stderr } = await kubectl(...args);
      expect(code).toBe(1);
      expect(stderr).toContain('The portal does not pass on');
    });

    it('S56 asks for new credentials with a token that has ended', async () => {
      const { code, stderr } = await runKubectl(['get', 'pods'], {
        kubeconfig: await kubeconfig(new Date(Date.now() - SECOND_MS)),
      });
      expect(code).toBe(1);
      expect(stderr).toMatch(/logged in to the server|Unauthorized/);
    });
  },
);
