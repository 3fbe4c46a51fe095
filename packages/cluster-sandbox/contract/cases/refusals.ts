/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

/** Describes requests that the server refuses, and its answers. */
export function describeRefusals(target: () => ContractTarget) {
  describe('refusals', () => {
    let namespace: string;
    let configmaps: string;

    beforeAll(async () => {
      namespace = await target().namespace();
      configmaps = `/api/v1/namespaces/${namespace}/configmaps`;
      await target().must('POST', configmaps, {
        body: { metadata: { name: 'there' } },
      });
    });

    it.each<[string, object, number, string]>([
      ['no name', { metadata: {} }, 422, 'name or generateName is required'],
      [
        'another namespace than the path',
        { metadata: { name: 'a', namespace: 'default' } },
        400,
        'the namespace of the provided object does not match the namespace sent on the request',
      ],
      [
        'another kind than the path',
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
        400,
        'Secret',
      ],
      [
        'a resource version, which only an object that is there has',
        { metadata: { name: 'a', resourceVersion: '7' } },
        500,
        'resourceVersion should not be set on objects to be created',
      ],
      [
        'a label that is none',
        { metadata: { name: 'a', labels: { 'a b': 'c' } } },
        422,
        'metadata.labels: Invalid value: "a b"',
      ],
      [
        'a label value that is none',
        { metadata: { name: 'a', labels: { a: 'b c' } } },
        422,
        'metadata.labels: Invalid value: "b c"',
      ],
      [
        'data under a key that is none',
        { metadata: { name: 'a' }, data: { 'a/b': 'c' } },
        422,
        'data[a/b]: Invalid value: "a/b"',
      ],
    ])('of an object with %s', async (_, body, status, message) => {
      const answer = await target().call('POST', configmaps, { body });
      expect(answer.status).toBe(status);
      expect(answer.body.message).toContain(message);
    });

    it.each([
      ['namespaces', 'a.b', 422],
      ['namespaces', 'Upper', 422],
      ['namespaces', 'a'.repeat(64), 422],
      ['namespaces', '-a', 422],
      ['nodes', 'a.b', 201],
      ['nodes', 'a_b', 422],
      ['nodes', `${'a'.repeat(63)}.b`, 201],
    ])('of names that are none: %s %s', async (plural, name, expected) => {
      const { status, body } = await target().call(
        'POST',
        `/api/v1/${plural}?dryRun=All`,
        { body: { metadata: { name } } },
      );
      expect(status).toBe(expected);
      const field = status === 422 ? body.details.causes[0].field : undefined;
      expect(field).toBe(expected === 422 ? 'metadata.name' : undefined);
    });

    it.each([
      ['berth:admin:team-a', 201],
      ['Any Name At All', 201],
      ['a/b', 422],
      ['a%b', 422],
      ['..', 422],
    ])(
      'of RoleBindings only by what paths cannot hold: %s',
      async (name, expected) => {
        const rbac = 'rbac.authorization.k8s.io';
        const { status } = await target().call(
          'POST',
          `/apis/${rbac}/v1/namespaces/${namespace}/rolebindings?dryRun=All`,
          {
            body: {
              metadata: { name },
              roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'view' },
            },
          },
        );
        expect(status).toBe(expected);
      },
    );

    it('of a Secret whose value is not base64', async () => {
      const { status, body } = await target().call(
        'POST',
        `/api/v1/namespaces/${namespace}/secrets`,
        { body: { metadata: { name: 'a' }, data: { key: 'not base64!' } } },
      );
      expect([status, body.reason]).toEqual([400, 'BadRequest']);
      expect(body.message).toContain('base64');
    });

    it('of a body that is not JSON', async () => {
      const { status, body } = await target().call('POST', configmaps, {
        text: '{"metadata": ',
      });
      expect([status, body.reason]).toEqual([400, 'BadRequest']);
    });

    it('of a body in an unknown format', async () => {
      const { status, body } = await target().call('POST', configmaps, {
        body: {},
        contentType: 'text/plain',
      });
      expect([status, body.reason]).toEqual([415, 'UnsupportedMediaType']);
    });

    it('of a patch of an unknown type', async () => {
      const { status, body } = await target().call(
        'PATCH',
        `${configmaps}/there`,
        { body: {}, contentType: 'application/json' },
      );
      expect([status, body.reason]).toEqual([415, 'UnsupportedMediaType']);
    });

    it('of a method that there is not', async () => {
      const { status, body } = await target().call('PUT', configmaps, {
        body: {},
      });
      expect([status, body.reason]).toEqual([405, 'MethodNotAllowed']);
    });

    it.each([
      ['PUT', { body: { metadata: { name: 'none', resourceVersion: '1' } } }],
      ['PATCH', { body: {}, contentType: 'application/merge-patch+json' }],
      ['DELETE', {}],
    ])('of changes to what is not there: %s', async (method, call) => {
      const { status, body } = await target().call(
        method,
        `/api/v1/namespaces/${namespace}/resourcequotas/none`,
        call,
      );
      expect(status).toBe(404);
      expect(body).toMatchObject({
        reason: 'NotFound',
        message: 'resourcequotas "none" not found',
        details: { name: 'none', kind: 'resourcequotas' },
      });
    });

    it('of an update under another name', async () => {
      const { status, body } = await target().call(
        'PUT',
        `${configmaps}/there`,
        { body: { metadata: { name: 'here' } } },
      );
      expect([status, body.reason]).toEqual([400, 'BadRequest']);
      expect(body.message).toContain(
        'the name of the object (here) does not match the name on the URL (there)',
      );
    });

    it('of a second object, in the name of its group', async () => {
      const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
      const { status, body } = await target().call('POST', path, {
        body: { metadata: { name: 'view' } },
      });
      expect(status).toBe(409);
      expect(body).toMatchObject({
        reason: 'AlreadyExists',
        message: 'clusterroles.rbac.authorization.k8s.io "view" already exists',
        details: { group: 'rbac.authorization.k8s.io', kind: 'clusterroles' },
      });
    });

    it.each([
      ['labelSelector=a+b'],
      ['fieldSelector=nosuch%3Da'],
      ['continue=abc'],
    ])('of a list that cannot be: %s', async query => {
      const { status, body } = await target().call(
        'GET',
        `${configmaps}?${query}`,
      );
      expect([status, body.kind]).toEqual([400, 'Status']);
    });
  });
}
