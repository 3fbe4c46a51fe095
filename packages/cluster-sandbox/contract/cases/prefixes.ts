/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

/**
 * Describes the prefixes of names in tokens. These cases come last, because all others expect names without
 * prefixes.
 */
export function describePrefixes(target: () => ContractTarget) {
  describe('prefixes', () => {
    beforeAll(async () => {
      await target().controls.setPrefixes({
        usernamePrefix: 'portal:',
        groupsPrefix: 'oidc:',
      });
    });

    const PODS = '/api/v1/namespaces/kube-system/pods';

    it('come before user names', async () => {
      const token = await target().token({ sub: 'user:alice' });
      const { body } = await target().call('GET', PODS, { token });
      expect(body.message).toContain('User "portal:user:alice"');
    });

    it('come before group names, so that none is a group of the system', async () => {
      const rbac = 'rbac.authorization.k8s.io';
      const name = target().unique('prefixed');
      await target().must('POST', `/apis/${rbac}/v1/clusterrolebindings`, {
        body: {
          metadata: { name },
          roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'view' },
          subjects: [{ apiGroup: rbac, kind: 'Group', name: 'oidc:readers' }],
        },
      });
      const status = async (group: string) => {
        const token = await target().token({ groups: [group] });
        return (await target().call('GET', PODS, { token })).status;
      };
      expect([
        await status('readers'),
        await status('oidc:readers'),
        await status('system:masters'),
      ]).toEqual([200, 403, 403]);
    });
  });
}
