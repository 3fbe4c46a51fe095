/* eslint-disable jest/no-export -- cases that two test files share */
// eslint-disable-next-line @backstage/no-undeclared-imports -- only tests import this file
import { runKubectl } from '@berth/control-plane';
import { stringify } from 'yaml';
import { ContractTarget } from '../ContractTarget';

/** What real kubectl makes of it. */
export function describeKubectl(target: () => ContractTarget) {
  describe('kubectl', () => {
    function kubectl(args: string[], input?: string) {
      const { apiServer, caPem, adminToken } = target().address;
      const kubeconfig = stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'c',
        clusters: [
          {
            name: 'c',
            cluster: {
              server: apiServer,
              'certificate-authority-data':
                Buffer.from(caPem).toString('base64'),
            },
          },
        ],
        users: [{ name: 'admin', user: { token: adminToken } }],
        contexts: [{ name: 'c', context: { cluster: 'c', user: 'admin' } }],
      });
      return runKubectl(args, { kubeconfig, input });
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
    });
  });
}
