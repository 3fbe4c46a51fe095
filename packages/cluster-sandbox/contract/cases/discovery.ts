/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

/** Describes the API groups and resources that a server lists. */
export function describeDiscovery(target: () => ContractTarget) {
  describe('discovery', () => {
    it('names the versions of the core group', async () => {
      const body = await target().must('GET', '/api');
      expect(body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    });

    it('names each group with the version to prefer', async () => {
      const { kind, groups } = await target().must('GET', '/apis');
      expect(kind).toBe('APIGroupList');
      const preferred = new Map(
        groups.map((group: any) => [
          group.name,
          group.preferredVersion.groupVersion,
        ]),
      );
      for (const name of [
        'apps',
        'authorization.k8s.io',
        'batch',
        'coordination.k8s.io',
        'networking.k8s.io',
        'rbac.authorization.k8s.io',
        'storage.k8s.io',
      ]) {
        expect(preferred.get(name)).toBe(`${name}/v1`);
      }
    });

    it.each<[string, string, object]>([
      [
        '/api/v1',
        'pods',
        { kind: 'Pod', namespaced: true, shortNames: ['po'] },
      ],
      [
        '/api/v1',
        'namespaces',
        { kind: 'Namespace', namespaced: false, shortNames: ['ns'] },
      ],
      [
        '/api/v1',
        'resourcequotas',
        { kind: 'ResourceQuota', namespaced: true, shortNames: ['quota'] },
      ],
      [
        '/apis/apps/v1',
        'deployments',
        { kind: 'Deployment', namespaced: true, shortNames: ['deploy'] },
      ],
      [
        '/apis/rbac.authorization.k8s.io/v1',
        'clusterroles',
        { kind: 'ClusterRole', namespaced: false },
      ],
      [
        '/apis/storage.k8s.io/v1',
        'storageclasses',
        { kind: 'StorageClass', namespaced: false, shortNames: ['sc'] },
      ],
    ])('describes the resources of %s: %s', async (path, name, expected) => {
      const { kind, resources } = await target().must('GET', path);
      expect(kind).toBe('APIResourceList');
      const found = resources.find((resource: any) => resource.name === name);
      expect(found).toMatchObject(expected);
      expect(found.verbs).toEqual(
        expect.arrayContaining([
          'create',
          'delete',
          'get',
          'list',
          'patch',
          'update',
          'watch',
        ]),
      );
    });

    it.each([
      ['/api/v1', 'pods/log', ['get']],
      ['/api/v1', 'pods/exec', ['create', 'get']],
      ['/api/v1', 'pods/status', ['get', 'patch', 'update']],
      ['/api/v1', 'nodes/status', ['get', 'patch', 'update']],
      ['/apis/apps/v1', 'deployments/scale', ['get', 'patch', 'update']],
      ['/apis/authorization.k8s.io/v1', 'selfsubjectaccessreviews', ['create']],
    ])('and subresources: %s %s', async (path, name, verbs) => {
      const { resources } = await target().must('GET', path);
      const found = resources.find((resource: any) => resource.name === name);
      expect([...found.verbs].sort()).toEqual(verbs);
    });

    it.each(['/healthz', '/livez', '/readyz', '/readyz/ping'])(
      'is well: %s',
      async path => {
        const { status, body } = await target().call('GET', path);
        expect([status, body]).toEqual([200, 'ok']);
      },
    );

    it.each(['/apis/nosuch.example.com', '/apis/nosuch.example.com/v1/things'])(
      'knows no other group: %s',
      async path => {
        const { status, body } = await target().call('GET', path);
        expect([status, body]).toEqual([404, '404 page not found\n']);
      },
    );

    it('knows no other resource of a group', async () => {
      const { status, body } = await target().call('GET', '/api/v1/nosuch');
      expect(status).toBe(404);
      expect(body).toMatchObject({
        reason: 'NotFound',
        message: 'the server could not find the requested resource',
      });
    });

    it('shows who is signed in what there is, and nobody else', async () => {
      const token = await target().token();
      const signedIn = await target().call('GET', '/apis', { token });
      const anonymous = await target().call('GET', '/apis', { token: '' });
      expect([signedIn.status, anonymous.status]).toEqual([200, 403]);
    });
  });
}
