/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

const RBAC = 'rbac.authorization.k8s.io';

/** Describes what RBAC allows, and that users cannot grant rights that they do not have. */
export function describeAuthorization(target: () => ContractTarget) {
  describe('authorization', () => {
    let namespace: string;
    let alice: string;

    const rolebindings = (name = namespace) =>
      `/apis/${RBAC}/v1/namespaces/${name}/rolebindings`;

    function binding(name: string, role: string, group: string) {
      return {
        apiVersion: `${RBAC}/v1`,
        kind: 'RoleBinding',
        metadata: { name },
        roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
        subjects: [{ apiGroup: RBAC, kind: 'Group', name: group }],
      };
    }

    beforeAll(async () => {
      namespace = await target().namespace();
      alice = await target().token({ groups: ['team-a'] });
      await target().must('POST', rolebindings(), {
        body: binding('team', 'admin', 'team-a'),
      });
    });

    it('lets the group do what admin may in its namespace', async () => {
      const configmap = { metadata: { name: 'mine' }, data: { a: 'b' } };
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      const { status } = await target().call('POST', path, {
        token: alice,
        body: configmap,
      });
      expect(status).toBe(201);
      for (const [resource, apis] of [
        ['secrets', '/api/v1'],
        ['pods', '/api/v1'],
        ['deployments', '/apis/apps/v1'],
        ['rolebindings', `/apis/${RBAC}/v1`],
      ]) {
        const listed = await target().call(
          'GET',
          `${apis}/namespaces/${namespace}/${resource}`,
          { token: alice },
        );
        expect([resource, listed.status]).toEqual([resource, 200]);
      }
    });

    it.each([
      ['GET', '/api/v1/namespaces/kube-system/secrets'],
      ['GET', '/api/v1/namespaces'],
      ['GET', '/api/v1/nodes'],
      ['GET', '/api/v1/pods'],
      ['GET', `/apis/${RBAC}/v1/clusterroles`],
    ])('and nothing elsewhere: %s %s', async (method, path) => {
      const { status, body } = await target().call(method, path, {
        token: alice,
      });
      expect([status, body.reason]).toEqual([403, 'Forbidden']);
    });

    it('answers an access review as it would the request', async () => {
      const review = async (verb: string, resource: string, where: string) => {
        const answer = await target().must(
          'POST',
          '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
          {
            token: alice,
            body: {
              apiVersion: 'authorization.k8s.io/v1',
              kind: 'SelfSubjectAccessReview',
              spec: {
                resourceAttributes: { namespace: where, verb, resource },
              },
            },
          },
        );
        return answer.status.allowed;
      };
      expect(await review('create', 'configmaps', namespace)).toBe(true);
      expect(await review('create', 'configmaps', 'kube-system')).toBe(false);
      expect(await review('create', 'resourcequotas', namespace)).toBe(false);
    });

    it('lets view read but neither write nor see secrets', async () => {
      await target().must('POST', rolebindings(), {
        body: binding('viewers', 'view', 'team-v'),
      });
      const token = await target().token({
        sub: 'user:vic',
        groups: ['team-v'],
      });
      const status = async (method: string, resource: string, body?: object) =>
        (
          await target().call(
            method,
            `/api/v1/namespaces/${namespace}/${resource}`,
            { token, body },
          )
        ).status;
      expect(await status('GET', 'configmaps')).toBe(200);
      expect(await status('GET', 'secrets')).toBe(403);
      expect(
        await status('POST', 'configmaps', { metadata: { name: 'x' } }),
      ).toBe(403);
    });

    it('refuses to bind a role that one does not hold', async () => {
      const { status, body } = await target().call('POST', rolebindings(), {
        token: alice,
        body: binding('grab', 'cluster-admin', 'team-a'),
      });
      expect([status, body.reason]).toEqual([403, 'Forbidden']);
      expect(body.message).toContain('attempting to grant RBAC permissions');
    });

    it('lets the verb bind on a named role replace holding it', async () => {
      const name = target().unique('binder');
      await target().must('POST', `/apis/${RBAC}/v1/clusterroles`, {
        body: {
          apiVersion: `${RBAC}/v1`,
          kind: 'ClusterRole',
          metadata: { name },
          rules: [
            {
              apiGroups: [RBAC],
              resources: ['rolebindings'],
              verbs: ['create'],
            },
            {
              apiGroups: [RBAC],
              resources: ['clusterroles'],
              resourceNames: ['admin'],
              verbs: ['bind'],
            },
          ],
        },
      });
      await target().must('POST', `/apis/${RBAC}/v1/clusterrolebindings`, {
        body: { ...binding(name, name, name), kind: 'ClusterRoleBinding' },
      });
      const token = await target().token({
        sub: 'user:binder',
        groups: [name],
      });
      const create = async (role: string) =>
        (
          await target().call('POST', rolebindings(), {
            token,
            body: binding(target().unique('bound'), role, 'someone'),
          })
        ).status;
      expect(await create('admin')).toBe(201);
      expect(await create('cluster-admin')).toBe(403);
    });
  });
}
