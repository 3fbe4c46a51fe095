/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

const APPLY = 'application/apply-patch+yaml';

/** Describes the ownership of fields by server-side apply. */
export function describeOwnership(target: () => ContractTarget) {
  describe('ownership of fields', () => {
    let namespace: string;

    beforeAll(async () => {
      namespace = await target().namespace();
    });

    const path = (name: string) =>
      `/api/v1/namespaces/${namespace}/configmaps/${name}`;

    function apply(
      name: string,
      fields: { data?: object; metadata?: object },
      query = 'fieldManager=berth',
    ) {
      return target().call('PATCH', `${path(name)}?${query}`, {
        contentType: APPLY,
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          ...fields,
          metadata: { name, ...fields.metadata },
        },
      });
    }

    const managers = ({ metadata }: any) =>
      metadata.managedFields
        .map(({ manager, operation }: any) => `${manager} ${operation}`)
        .sort();

    it('is recorded by manager and operation', async () => {
      const { body } = await apply('recorded', { data: { a: '1' } });
      expect(body.metadata.managedFields).toEqual([
        {
          manager: 'berth',
          operation: 'Apply',
          apiVersion: 'v1',
          time: expect.any(String),
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:data': { 'f:a': {} } },
        },
      ]);
    });

    it('is shared by managers of the same mind', async () => {
      await apply('shared', { data: { a: '1', b: '1' } });
      const second = await apply(
        'shared',
        { data: { a: '1' } },
        'fieldManager=other',
      );
      expect(second.status).toBe(200);
      expect(managers(second.body)).toEqual(['berth Apply', 'other Apply']);
      const { body } = await apply('shared', { data: { b: '1' } });
      expect(body.data).toEqual({ a: '1', b: '1' });
      const gone = await apply('shared', {}, 'fieldManager=other');
      expect(gone.body.data).toEqual({ b: '1' });
    });

    it('is taken by an update that changes the value', async () => {
      const { body } = await apply('updated', { data: { a: '1', b: '1' } });
      const updated = await target().must(
        'PUT',
        `${path('updated')}?fieldManager=editor`,
        { body: { ...body, data: { a: '2', b: '1' } } },
      );
      expect(managers(updated)).toEqual(['berth Apply', 'editor Update']);
      const refused = await apply('updated', { data: { a: '1', b: '1' } });
      expect(refused.status).toBe(409);
      expect(refused.body.message).toMatch(
        /^Apply failed with 1 conflict: conflict with "editor"/,
      );
      const forced = await apply(
        'updated',
        { data: { a: '1', b: '1' } },
        'fieldManager=berth&force=true',
      );
      expect(forced.body.data).toEqual({ a: '1', b: '1' });
      expect(managers(forced.body)).toEqual(['berth Apply']);
    });

    it('covers labels one by one', async () => {
      await apply('labels', { metadata: { labels: { ours: 'yes' } } });
      await target().must('PATCH', `${path('labels')}?fieldManager=person`, {
        contentType: 'application/merge-patch+json',
        body: { metadata: { labels: { theirs: 'yes' } } },
      });
      const { body } = await apply('labels', {
        metadata: { labels: { ours: 'still' } },
      });
      expect(body.metadata.labels).toEqual({ ours: 'still', theirs: 'yes' });
    });

    it('covers elements of a list by their key', async () => {
      const url = `/api/v1/namespaces/${namespace}/services/web`;
      const ports = (manager: string, ...numbers: number[]) =>
        target().must('PATCH', `${url}?fieldManager=${manager}`, {
          contentType: APPLY,
          body: {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'web' },
            spec: {
              ports: numbers.map(port => ({
                port,
                name: `p${port}`,
                protocol: 'TCP',
              })),
            },
          },
        });
      await ports('berth', 80, 81);
      await ports('other', 82);
      const { spec } = await ports('berth', 80);
      expect(spec.ports.map(({ port }: any) => port).sort()).toEqual([80, 82]);
    });

    it('needs a manager', async () => {
      const { status, body } = await apply('nobody', { data: {} }, '');
      expect([status, body.message.includes('fieldManager')]).toEqual([
        422,
        true,
      ]);
    });

    it('is never set by the one who applies', async () => {
      const { status, body } = await apply('claimed', {
        metadata: { managedFields: [{ manager: 'berth', operation: 'Apply' }] },
      });
      expect(status).toBe(400);
      expect(body.message).toContain('metadata.managedFields must be nil');
    });

    it('changes nothing where an object has another UID', async () => {
      const { body } = await apply('recreated', { data: { a: '1' } });
      const uid = '00000000-0000-0000-0000-000000000000';
      const refused = await apply('recreated', {
        data: { a: '2' },
        metadata: { uid },
      });
      // Invalid until 1.20, a conflict in later versions.
      expect([409, 422]).toContain(refused.status);
      expect(await target().must('GET', path('recreated'))).toEqual(body);
    });

    it('is not touched by a dry run', async () => {
      const dry = await apply(
        'dry',
        { data: { a: '1' } },
        'fieldManager=berth&dryRun=All',
      );
      expect([dry.status, dry.body.data]).toEqual([201, { a: '1' }]);
      expect((await target().call('GET', path('dry'))).status).toBe(404);
    });
  });
}
