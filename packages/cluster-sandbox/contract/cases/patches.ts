/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

/** Describes server-side apply and the older patches. */
export function describePatches(target: () => ContractTarget) {
  describe('patches', () => {
    let namespace: string;

    beforeAll(async () => {
      namespace = await target().namespace();
    });

    const path = (name: string) =>
      `/api/v1/namespaces/${namespace}/configmaps/${name}`;

    function apply(
      name: string,
      data: object,
      manager = 'berth',
      force = false,
    ) {
      return target().call(
        'PATCH',
        `${path(name)}?fieldManager=${manager}&force=${force}`,
        {
          contentType: 'application/apply-patch+yaml',
          body: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name },
            data,
          },
        },
      );
    }

    it('applies what is not there, and then changes nothing', async () => {
      const first = await apply('applied', { a: '1' });
      expect(first.status).toBe(201);
      const second = await apply('applied', { a: '1' });
      expect(second.status).toBe(200);
      expect(second.body.metadata.resourceVersion).toBe(
        first.body.metadata.resourceVersion,
      );
      expect(second.body.metadata.managedFields[0]).toMatchObject({
        manager: 'berth',
        operation: 'Apply',
      });
    });

    it("refuses to change another manager's field unless forced", async () => {
      await apply('contested', { a: '1' });
      const refused = await apply('contested', { a: '2' }, 'other');
      expect([refused.status, refused.body.reason]).toEqual([409, 'Conflict']);
      expect(refused.body.details.causes[0]).toMatchObject({
        reason: 'FieldManagerConflict',
        field: '.data.a',
      });
      const forced = await apply('contested', { a: '2' }, 'other', true);
      expect([forced.status, forced.body.data]).toEqual([200, { a: '2' }]);
    });

    it('removes a field that its only manager no longer applies', async () => {
      await apply('shrinking', { a: '1', b: '2' });
      const { body } = await apply('shrinking', { b: '2' });
      expect(body.data).toEqual({ b: '2' });
    });

    it('keeps a role reference for ever, and subjects as a whole', async () => {
      const rbac = 'rbac.authorization.k8s.io';
      const url = `/apis/${rbac}/v1/namespaces/${namespace}/rolebindings/berth:admin:team-a?fieldManager=berth&force=true`;
      const applied = (role: string, ...groups: string[]) =>
        target().call('PATCH', url, {
          contentType: 'application/apply-patch+yaml',
          body: {
            apiVersion: `${rbac}/v1`,
            kind: 'RoleBinding',
            metadata: { name: 'berth:admin:team-a' },
            roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
            subjects: groups.map(name => ({
              apiGroup: rbac,
              kind: 'Group',
              name,
            })),
          },
        });
      expect((await applied('admin', 'a', 'b')).status).toBe(201);
      const { body } = await applied('admin', 'c');
      expect(body.subjects.map((subject: any) => subject.name)).toEqual(['c']);
      const refused = await applied('view', 'c');
      expect([refused.status, refused.body.reason]).toEqual([422, 'Invalid']);
    });

    it.each([
      ['application/merge-patch+json', { data: { a: null, c: '3' } }],
      ['application/strategic-merge-patch+json', { data: { a: null, c: '3' } }],
      [
        'application/json-patch+json',
        [
          { op: 'remove', path: '/data/a' },
          { op: 'add', path: '/data/c', value: '3' },
        ],
      ],
    ])('patches by %s', async (contentType, body) => {
      const name = target().unique('patched');
      await apply(name, { a: '1', b: '2' });
      const patched = await target().call('PATCH', path(name), {
        contentType,
        body,
      });
      expect(patched.body.data).toEqual({ b: '2', c: '3' });
    });

    it('merges containers by name, strategically', async () => {
      const url = `/apis/apps/v1/namespaces/${namespace}/deployments`;
      const labels = { app: 'web' };
      await target().must('POST', url, {
        body: {
          metadata: { name: 'web' },
          spec: {
            selector: { matchLabels: labels },
            template: {
              metadata: { labels },
              spec: {
                containers: [
                  { name: 'one', image: 'a' },
                  { name: 'two', image: 'b' },
                ],
              },
            },
          },
        },
      });
      const { body } = await target().call('PATCH', `${url}/web`, {
        contentType: 'application/strategic-merge-patch+json',
        body: {
          spec: {
            template: { spec: { containers: [{ name: 'two', image: 'c' }] } },
          },
        },
      });
      const images = Object.fromEntries(
        body.spec.template.spec.containers.map((one: any) => [
          one.name,
          one.image,
        ]),
      );
      expect(images).toEqual({ one: 'a', two: 'c' });
    });
  });
}
