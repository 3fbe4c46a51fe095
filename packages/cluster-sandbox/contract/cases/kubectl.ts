/* eslint-disable jest/no-export -- cases that two test files share */
// eslint-disable-next-line @backstage/no-undeclared-imports -- only tests import this file
import { adminKubeconfig, runKubectl } from '@berth/control-plane';
import { stringify } from 'yaml';
import { ContractTarget } from '../ContractTarget';

/** One object of each kind with a table. */
const EVERYTHING = [
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'contract-node' },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'one' },
    spec: { containers: [{ name: 'main', image: 'x' }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'main', image: 'x' }] },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'readers' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'view',
    },
    subjects: [
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Group',
        name: 'readers',
      },
    ],
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'limits' },
    spec: { hard: { services: '9' } },
  },
]
  .map(object => stringify(object))
  .join('---\n');

/** Describes the output of real kubectl. */
export function describeKubectl(target: () => ContractTarget) {
  describe('kubectl', () => {
    function kubectl(args: string[], input?: string, token?: string) {
      const { apiServer, caPem, adminToken } = target().address;
      const kubeconfig = adminKubeconfig({
        apiServer,
        caPem,
        adminToken: token ?? adminToken,
      });
      return runKubectl(args, { kubeconfig, input });
    }

    async function must(args: string[], input?: string): Promise<string> {
      const { code, stdout, stderr } = await kubectl(args, input);
      expect({ args, code, stderr }).toMatchObject({ args, code: 0 });
      return stdout;
    }

    it('applies, gets, describes and deletes', async () => {
      const namespace = await target().namespace();
      const manifest = stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'by-kubectl', namespace },
        data: { a: 'b' },
      });
      const applied = await kubectl(['apply', '-f', '-'], manifest);
      expect(applied).toMatchObject({
        code: 0,
        stdout: 'configmap/by-kubectl created\n',
      });
      const again = await kubectl(['apply', '-f', '-'], manifest);
      expect(again.stdout).toBe('configmap/by-kubectl unchanged\n');
      const where = [`--namespace=${namespace}`];
      const got = await kubectl(['get', 'configmap', 'by-kubectl', ...where]);
      expect(got.stdout).toMatch(/^NAME +DATA +AGE\nby-kubectl +1 +\d+s\n$/);
      const described = await kubectl([
        'describe',
        'configmap',
        'by-kubectl',
        ...where,
      ]);
      expect(described.stdout).toContain('Name:         by-kubectl');
      const deleted = await kubectl([
        'delete',
        'configmap',
        'by-kubectl',
        ...where,
      ]);
      expect(deleted.stdout).toContain('configmap "by-kubectl" deleted');
    });

    it('asks what one may do', async () => {
      const { stdout } = await kubectl(['auth', 'can-i', 'delete', 'nodes']);
      expect(stdout).toContain('yes');
      const token = await target().token();
      const asAlice = await kubectl(
        ['auth', 'can-i', 'delete', 'pods'],
        undefined,
        token,
      );
      expect([asAlice.code, asAlice.stdout]).toEqual([1, 'no\n']);
      const all = await kubectl(
        ['auth', 'can-i', '--list', '--no-headers'],
        undefined,
        token,
      );
      expect(all.stdout).toContain('selfsubjectaccessreviews');
    });

    it('names what is refused to a member', async () => {
      const token = await target().token();
      const { code, stderr } = await kubectl(
        ['get', 'secrets', '--namespace=kube-system'],
        undefined,
        token,
      );
      expect(code).toBe(1);
      expect(stderr).toBe(
        'Error from server (Forbidden): secrets is forbidden: User "user:alice" cannot list resource "secrets" in API group "" in the namespace "kube-system"\n',
      );
    });

    it.each([
      ['namespaces', /^NAME +STATUS +AGE$/],
      ['nodes', /^NAME +STATUS +ROLES +AGE +VERSION$/],
      ['pods', /^NAME +READY +STATUS +RESTARTS +AGE$/],
      ['deployments', /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE$/],
      ['services', /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE$/],
      ['rolebindings', /^NAME +ROLE +AGE$/],
      ['quota', /^NAME +(AGE +REQUEST +LIMIT|REQUEST +LIMIT +AGE)$/],
    ])('shows a table of %s', async (resource, head) => {
      const namespace = await target().namespace();
      await must(
        ['apply', '--filename=-', `--namespace=${namespace}`],
        EVERYTHING,
      );
      const table = await must(['get', resource, `--namespace=${namespace}`]);
      expect(table.split('\n')[0]).toMatch(head);
      const described = await must([
        'describe',
        resource,
        // With all namespaces, one that another case deletes could disappear in between.
        ...(resource === 'namespaces' ? [namespace] : []),
        `--namespace=${namespace}`,
      ]);
      expect(described).toMatch(/^Name: /);
    });

    it('applies on the server, and names the manager of a field', async () => {
      const namespace = await target().namespace();
      const manifest = (value: string) =>
        stringify({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'owned', namespace },
          data: { a: value },
        });
      const apply = (value: string, manager: string, ...more: string[]) =>
        kubectl(
          [
            'apply',
            '--server-side',
            `--field-manager=${manager}`,
            '--filename=-',
            ...more,
          ],
          manifest(value),
        );
      const first = await apply('1', 'one');
      expect(first.stdout).toBe('configmap/owned serverside-applied\n');
      const second = await apply('2', 'two');
      expect(second.code).toBe(1);
      expect(second.stderr).toContain('conflict with "one"');
      expect(second.stderr).toContain('.data.a');
      const forced = await apply('2', 'two', '--force-conflicts');
      expect(forced.code).toBe(0);
    });

    it('scales, labels, patches and waits', async () => {
      const namespace = `--namespace=${await target().namespace()}`;
      await must(['create', 'deployment', 'web', '--image=nginx', namespace]);
      await must(['scale', 'deployment/web', '--replicas=3', namespace]);
      await must(['label', 'deployment/web', 'tier=front', namespace]);
      await must([
        'patch',
        'deployment/web',
        '--patch={"spec":{"template":{"spec":{"containers":[{"name":"nginx","image":"nginx:2"}]}}}}',
        namespace,
      ]);
      const seen = await must([
        'get',
        'deployments',
        '--selector=tier=front',
        '--output=jsonpath={.items[*].spec.replicas} {.items[*].spec.template.spec.containers[*].image}',
        namespace,
      ]);
      expect(seen).toBe('3 nginx:2');
      await must(['delete', 'deployment/web', '--wait', namespace]);
      const gone = await kubectl(['get', 'deployment/web', namespace]);
      expect(gone.stderr).toContain(
        'Error from server (NotFound): deployments.apps "web" not found',
      );
    });

    it('shows what an apply would change, and changes nothing', async () => {
      const namespace = await target().namespace();
      const manifest = stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'tried', namespace },
      });
      const tried = await must(
        ['apply', '--dry-run=server', '--filename=-'],
        manifest,
      );
      expect(tried).toBe('configmap/tried created (server dry run)\n');
      const { stderr } = await kubectl([
        'get',
        'configmap/tried',
        `--namespace=${namespace}`,
      ]);
      expect(stderr).toContain('configmaps "tried" not found');
    });

    it('deletes a namespace and waits for its end', async () => {
      const name = await target().namespace();
      await must(['delete', 'namespace', name, '--timeout=60s']);
      const { status } = await target().call(
        'GET',
        `/api/v1/namespaces/${name}`,
      );
      expect(status).toBe(404);
    });
  });
}
