/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

const RBAC = 'rbac.authorization.k8s.io';

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
  verbs: string[];
}

/** Describes restricted rules, and the messages of refusals. */
export function describeRights(target: () => ContractTarget) {
  describe('rights', () => {
    /** Creates a user with exactly these rules on the whole cluster; returns the token. */
    async function someone(...rules: Rule[]): Promise<string> {
      const name = target().unique('someone');
      await target().must('POST', `/apis/${RBAC}/v1/clusterroles`, {
        body: { metadata: { name }, rules },
      });
      await target().must('POST', `/apis/${RBAC}/v1/clusterrolebindings`, {
        body: {
          metadata: { name },
          roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
          subjects: [{ apiGroup: RBAC, kind: 'Group', name }],
        },
      });
      return target().token({ sub: `user:${name}`, groups: [name] });
    }

    const nodes = { apiGroups: [''], resources: ['nodes'] };

    it('end at the names of a rule', async () => {
      const namespace = await target().namespace();
      const path = `/api/v1/namespaces/${namespace}/configmaps`;
      for (const name of ['open', 'closed']) {
        await target().must('POST', path, { body: { metadata: { name } } });
      }
      const token = await someone({
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['open'],
        verbs: ['get', 'list', 'create'],
      });
      const status = async (method: string, more = '', body?: object) =>
        (await target().call(method, `${path}${more}`, { token, body })).status;
      expect(await status('GET', '/open')).toBe(200);
      expect(await status('GET', '/closed')).toBe(403);
      expect(await status('GET')).toBe(403);
      expect(await status('GET', '?fieldSelector=metadata.name%3Dopen')).toBe(
        200,
      );
      expect(await status('POST', '', { metadata: { name: 'open' } })).toBe(
        403,
      );
    });

    it('are not handed on by writing a role', async () => {
      const name = () => target().unique('role');
      const roles = { apiGroups: [RBAC], resources: ['clusterroles'] };
      const write = async (token: string, ...rules: Rule[]) =>
        target().call('POST', `/apis/${RBAC}/v1/clusterroles`, {
          token,
          body: { metadata: { name: name() }, rules },
        });
      const holder = await someone(
        { ...roles, verbs: ['create'] },
        { ...nodes, verbs: ['get', 'list'] },
      );
      expect((await write(holder, { ...nodes, verbs: ['get'] })).status).toBe(
        201,
      );
      const refused = await write(holder, { ...nodes, verbs: ['delete'] });
      expect(refused.status).toBe(403);
      expect(refused.body.message).toContain(
        'is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["nodes"], Verbs:["delete"]}',
      );
      const escalator = await someone({
        ...roles,
        verbs: ['create', 'escalate'],
      });
      const escalated = await write(escalator, { ...nodes, verbs: ['delete'] });
      expect(escalated.status).toBe(201);
    });

    it('cover subresources only where a rule names them', async () => {
      const namespace = await target().namespace();
      const token = await someone({
        apiGroups: ['apps'],
        resources: ['deployments'],
        verbs: ['*'],
      });
      const path = `/apis/apps/v1/namespaces/${namespace}/deployments/none`;
      const status = async (more: string) =>
        (await target().call('GET', `${path}${more}`, { token })).status;
      expect([await status(''), await status('/scale')]).toEqual([404, 403]);
    });

    it('may be of paths', async () => {
      const token = await someone({
        nonResourceURLs: ['/metrics', '/logs/*'],
        verbs: ['get'],
      });
      const status = async (path: string) =>
        (await target().call('GET', path, { token })).status;
      expect(await status('/metricsx')).toBe(403);
      expect(await status('/logs')).toBe(403);
      expect(await status('/logs/anything')).not.toBe(403);
    });

    it.each([
      [
        'GET',
        '/api/v1/nodes/one',
        'nodes "one" is forbidden: User "user:no" cannot get resource "nodes" in API group "" at the cluster scope',
      ],
      [
        'DELETE',
        '/apis/apps/v1/namespaces/x/deployments/web',
        'deployments.apps "web" is forbidden: User "user:no" cannot delete resource "deployments" in API group "apps" in the namespace "x"',
      ],
      [
        'DELETE',
        '/api/v1/namespaces/x/pods',
        'pods is forbidden: User "user:no" cannot deletecollection resource "pods" in API group "" in the namespace "x"',
      ],
      [
        'GET',
        '/api/v1/namespaces/x/pods/web/log',
        'pods "web" is forbidden: User "user:no" cannot get resource "pods/log" in API group "" in the namespace "x"',
      ],
      [
        'GET',
        '/api/v1/namespaces/x/pods?watch=true',
        'pods is forbidden: User "user:no" cannot watch resource "pods" in API group "" in the namespace "x"',
      ],
      [
        'GET',
        '/api/v1/namespaces/x',
        'namespaces "x" is forbidden: User "user:no" cannot get resource "namespaces" in API group "" in the namespace "x"',
      ],
      [
        'GET',
        '/api/v1/nosuch',
        'nosuch is forbidden: User "user:no" cannot list resource "nosuch" in API group "" at the cluster scope',
      ],
      [
        'GET',
        '/metrics',
        'forbidden: User "user:no" cannot get path "/metrics"',
      ],
    ])('are missed in these words: %s %s', async (method, path, message) => {
      const token = await target().token({ sub: 'user:no' });
      const { status, body } = await target().call(method, path, { token });
      expect(status).toBe(403);
      expect(body).toMatchObject({ kind: 'Status', reason: 'Forbidden' });
      expect(body.message).toBe(message);
    });

    it('are what an access review says they are', async () => {
      const namespace = await target().namespace();
      await target().must(
        'POST',
        `/apis/${RBAC}/v1/namespaces/${namespace}/rolebindings`,
        {
          body: {
            metadata: { name: 'team' },
            roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'edit' },
            subjects: [{ apiGroup: RBAC, kind: 'Group', name: namespace }],
          },
        },
      );
      const token = await target().token({ groups: [namespace] });
      const resources: [string, string][] = [
        ['', 'configmaps'],
        ['', 'events'],
        ['', 'limitranges'],
        ['', 'persistentvolumeclaims'],
        ['', 'pods'],
        ['', 'resourcequotas'],
        ['', 'secrets'],
        ['', 'serviceaccounts'],
        ['', 'services'],
        ['apps', 'deployments'],
        ['apps', 'statefulsets'],
        ['batch', 'jobs'],
        ['coordination.k8s.io', 'leases'],
        ['networking.k8s.io', 'networkpolicies'],
        [RBAC, 'rolebindings'],
        [RBAC, 'roles'],
      ];
      const reviewed: string[] = [];
      const happened: string[] = [];
      for (const [group, resource] of resources) {
        const base = group ? `/apis/${group}/v1` : '/api/v1';
        const path = `${base}/namespaces/${namespace}/${resource}`;
        const call = async (verb: string, method: string, url: string) => {
          const review = await target().must(
            'POST',
            '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
            {
              token,
              body: {
                spec: {
                  resourceAttributes: { namespace, verb, group, resource },
                },
              },
            },
          );
          const answer = await target().call(method, url, { token });
          const line = `${verb} ${resource}`;
          reviewed.push(`${line} ${review.status.allowed}`);
          happened.push(`${line} ${answer.status !== 403}`);
        };
        await call('list', 'GET', path);
        await call('delete', 'DELETE', `${path}/none`);
      }
      expect(reviewed).toEqual(happened);
      expect(reviewed).toContain('list secrets true');
      expect(reviewed).toContain('list rolebindings false');
      expect(reviewed).toContain('delete resourcequotas false');
      expect(reviewed).toContain('list resourcequotas true');
    });
  });
}
