import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminKubeconfig } from './commandLine/kubeconfig';
import { SandboxCluster } from './SandboxCluster';

const KUBECTL = process.env.KUBECTL ?? 'kubectl';
const missing = spawnSync(KUBECTL, ['version', '--client']).error;
/** Returns the words of a table’s lines, without the aligning spaces. */
const words = (text: string) =>
  text
    .trim()
    .split('\n')
    .map(line => line.split(/\s{2,}/).join('|'));

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: nginx:1.26
        env: [{name: A, value: "1"}, {name: B, value: "2"}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

// Without kubectl these tests are skipped; the name of the block shows that.
const describeWithKubectl = missing ? describe.skip : describe;

describeWithKubectl(
  `kubectl${missing ? ` (skipped: there is no ${KUBECTL})` : ''}`,
  () => {
    let cluster: SandboxCluster;
    let directory: string;

    beforeAll(async () => {
      cluster = await SandboxCluster.start({
        name: 'one',
        workload: 'lively',
        gpus: true,
        podStepMs: 20,
      });
      directory = await mkdtemp(join(tmpdir(), 'sandbox-kubectl-'));
      await writeFile(join(directory, 'config'), adminKubeconfig([cluster]));
      await kubectl('create', 'namespace', 'team');
      await kubectl('config', 'set-context', '--current', '--namespace=team');
    }, 60_000);

    afterAll(async () => {
      await rm(directory, { recursive: true });
      await cluster.stop();
    });

    function run(args: string[], input?: string) {
      return new Promise<{ code: number; output: string; errors: string }>(
        resolve => {
          const child = execFile(
            KUBECTL,
            args,
            {
              env: {
                ...process.env,
                HOME: directory,
                KUBECONFIG: join(directory, 'config'),
              },
            },
            (error, output, errors) =>
              resolve({ code: Number(error?.code ?? 0), output, errors }),
          );
          child.stdin!.end(input ?? '');
        },
      );
    }

    async function kubectl(...args: string[]): Promise<string> {
      const { code, output, errors } = await run(args);
      if (code !== 0) {
        throw new Error(`kubectl ${args.join(' ')}: ${errors}`);
      }
      return output;
    }

    async function apply(manifest: string, ...args: string[]) {
      return run(['apply', ...args, '-f', '-'], manifest);
    }

    it('shows nodes and their status', async () => {
      const [header, ...nodes] = words(await kubectl('get', 'nodes'));
      expect(header).toBe('NAME|STATUS|ROLES|AGE|VERSION');
      expect(nodes).toHaveLength(5);
      expect(nodes[0]).toMatch(/^one-control-plane-1\|Ready\|control-plane\|/);
      expect(await kubectl('describe', 'node', 'one-gpu-1')).toContain(
        'nvidia.com/gpu:     4',
      );
      expect(await kubectl('api-resources')).toMatch(
        /deployments +deploy +apps\/v1 +true +Deployment/,
      );
    }, 60_000);

    it('applies, changes, describes and deletes', async () => {
      expect((await apply(MANIFEST)).output).toBe(
        'deployment.apps/web created\nservice/web created\n',
      );
      expect((await apply(MANIFEST)).output).toBe(
        'deployment.apps/web unchanged\nservice/web unchanged\n',
      );
      const changed = MANIFEST.replace(', {name: B, value: "2"}', '');
      expect((await apply(changed)).output).toContain('web configured');
      expect(
        await kubectl(
          'get',
          'deployment/web',
          '-o=jsonpath={.spec.template.spec.containers[0].env}',
        ),
      ).toBe('[{"name":"A","value":"1"}]');
      await kubectl('rollout', 'status', 'deployment/web', '--timeout=50s');
      expect(await kubectl('describe', 'deployment', 'web')).toContain(
        'Scaled up replica set',
      );
      const [, line] = words(await kubectl('get', 'deployment'));
      expect(line).toMatch(/^web\|2\/2\|2\|2\|\d+s$/);
      await kubectl('delete', 'deployment,service', 'web');
      await kubectl('wait', 'pod', '-l=app=web', '--for=delete');
      expect((await run(['get', 'all'])).errors).toContain(
        'No resources found',
      );
    }, 60_000);

    it('applies on the server, with conflicts', async () => {
      const manifest = (value: string) =>
        `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: "${value}"}}`;
      expect((await apply(manifest('1'), '--server-side')).output).toBe(
        'configmap/a serverside-applied\n',
      );
      const other = ['--server-side', '--field-manager=other'];
      expect((await apply(manifest('2'), ...other)).errors).toContain(
        'conflict with "kubectl": .data.k',
      );
      const forced = await apply(manifest('2'), ...other, '--force-conflicts');
      expect(forced.code).toBe(0);
    }, 60_000);

    it('creates objects with its own commands, which use protobuf', async () => {
      await kubectl('create', 'configmap', 'c', '--from-literal=a=b');
      await kubectl('create', 'secret', 'generic', 's', '--from-literal=a=b');
      await kubectl('create', 'deployment', 'd', '--image=i:1', '--port=80');
      await kubectl('create', 'quota', 'q', '--hard=pods=3,requests.cpu=2');
      await kubectl('create', 'role', 'r', '--verb=get', '--resource=pods');
      await kubectl('create', 'rolebinding', 'b', '--role=r', '--user=bob');
      await kubectl('create', 'job', 'j', '--image=i:1', '--', 'true');
      expect(await kubectl('get', 'secret', 's', '-o=jsonpath={.data.a}')).toBe(
        Buffer.from('b').toString('base64'),
      );
      const can = (...args: string[]) =>
        run(['auth', 'can-i', ...args, '--as=bob']);
      expect((await can('get', 'pods')).output).toBe('yes\n');
      expect((await can('delete', 'pods')).output).toBe('no\n');
      expect(await kubectl('auth', 'whoami')).toContain('system:masters');
    }, 60_000);

    it('labels, patches and reads logs', async () => {
      await kubectl('label', 'namespace', 'team', 'a=b');
      expect(await kubectl('get', 'ns', '-l', 'a=b', '-o', 'name')).toBe(
        'namespace/team\n',
      );
      await kubectl('annotate', 'namespace', 'team', 'x=y');
      const patch = '[{"op":"remove","path":"/metadata/labels/a"}]';
      await kubectl('patch', 'ns', 'team', '--type=json', '-p', patch);
      expect((await run(['get', 'ns', '-l', 'a=b', '-o', 'name'])).output).toBe(
        '',
      );
      expect(
        await kubectl('logs', '-n', 'shop', 'deployment/storefront'),
      ).toContain('INFO storefront: starting');
    }, 60_000);

    it('waits until a namespace is gone', async () => {
      await kubectl('create', 'namespace', 'gone');
      await kubectl('delete', 'namespace', 'gone');
      expect((await run(['get', 'namespace', 'gone'])).errors).toContain(
        'namespaces "gone" not found',
      );
    }, 60_000);
  },
);
