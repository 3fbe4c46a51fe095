/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

/** Describes how objects are read and written, and how the server refuses requests. */
export function describeObjects(target: () => ContractTarget) {
  describe('objects', () => {
    let configmaps: string;

    beforeAll(async () => {
      const namespace = await target().namespace();
      configmaps = `/api/v1/namespaces/${namespace}/configmaps`;
    });

    function create(name: string, more: object = {}, labels?: object) {
      return target().call('POST', configmaps, {
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, labels },
          ...more,
        },
      });
    }

    it('gives a new object its identity', async () => {
      const { status, body } = await create('identity', { data: { a: 'b' } });
      expect(status).toBe(201);
      expect(body.metadata).toMatchObject({
        uid: expect.any(String),
        resourceVersion: expect.any(String),
        creationTimestamp: expect.any(String),
      });
    });

    it('refuses a second object of the name', async () => {
      await create('twice');
      const { status, body } = await create('twice');
      expect([status, body.reason]).toEqual([409, 'AlreadyExists']);
      expect(body.message).toBe('configmaps "twice" already exists');
    });

    it('knows no object of a wrong name', async () => {
      const { status, body } = await target().call('GET', `${configmaps}/none`);
      expect([status, body.reason]).toEqual([404, 'NotFound']);
      expect(body.message).toBe('configmaps "none" not found');
    });

    it('refuses a name that is not one, saying which field', async () => {
      const { status, body } = await create('Not_A_Name');
      expect([status, body.reason]).toEqual([422, 'Invalid']);
      expect(body.details.causes[0].field).toBe('metadata.name');
    });

    it('refuses an update of what has changed since', async () => {
      const { body } = await create('stale');
      const update = (data: object) =>
        target().call('PUT', `${configmaps}/stale`, {
          body: { ...body, data },
        });
      expect((await update({ a: '1' })).status).toBe(200);
      const second = await update({ a: '2' });
      expect([second.status, second.body.reason]).toEqual([409, 'Conflict']);
    });

    it('stores nothing on a dry run', async () => {
      const { status } = await target().call(
        'POST',
        `${configmaps}?dryRun=All`,
        {
          body: { metadata: { name: 'dry' } },
        },
      );
      expect(status).toBe(201);
      expect((await target().call('GET', `${configmaps}/dry`)).status).toBe(
        404,
      );
    });

    it('deletes only what has the UID of the precondition', async () => {
      const { body } = await create('precondition');
      const remove = (uid: string) =>
        target().call('DELETE', `${configmaps}/precondition`, {
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            preconditions: { uid },
          },
        });
      const refused = await remove('00000000-0000-0000-0000-000000000000');
      expect([refused.status, refused.body.reason]).toEqual([409, 'Conflict']);
      expect((await remove(body.metadata.uid)).status).toBe(200);
    });

    it('selects by labels and fields', async () => {
      await create('red', {}, { color: 'red', size: 's' });
      await create('blue', {}, { color: 'blue' });
      const names = async (query: string) => {
        const { items } = await target().must('GET', `${configmaps}?${query}`);
        return items.map((item: any) => item.metadata.name);
      };
      expect(await names('labelSelector=color%3Dred')).toEqual(['red']);
      expect(await names('labelSelector=color+in+(red,blue),!size')).toEqual([
        'blue',
      ]);
      expect(await names('fieldSelector=metadata.name%3Dblue')).toEqual([
        'blue',
      ]);
    });

    it('lists in pages of one moment', async () => {
      const namespace = await target().namespace();
      const path = `/api/v1/namespaces/${namespace}/secrets`;
      for (const name of ['a', 'b', 'c']) {
        await target().must('POST', path, {
          body: { metadata: { name }, type: 'contract' },
        });
      }
      const query = 'fieldSelector=type%3Dcontract&limit=2';
      const first = await target().must('GET', `${path}?${query}`);
      await target().must('POST', path, {
        body: { metadata: { name: 'bb' }, type: 'contract' },
      });
      const second = await target().must(
        'GET',
        `${path}?${query}&continue=${encodeURIComponent(
          first.metadata.continue,
        )}`,
      );
      const names = [...first.items, ...second.items].map(
        item => item.metadata.name,
      );
      expect(names).toEqual(['a', 'b', 'c']);
      expect(second.metadata.continue ?? '').toBe('');
    });

    it('watches from a version on, in order', async () => {
      const namespace = await target().namespace();
      const path = `/api/v1/namespaces/${namespace}/services`;
      const { metadata } = await target().must('GET', path);
      const service = (name: string, port: number) => ({
        metadata: { name },
        spec: { ports: [{ port }] },
      });
      await target().must('POST', path, { body: service('one', 80) });
      await target().must('PATCH', `${path}/one`, {
        contentType: 'application/merge-patch+json',
        body: { metadata: { labels: { changed: 'yes' } } },
      });
      await target().must('POST', path, { body: service('two', 81) });
      await target().must('DELETE', `${path}/one`);
      const from = `${path}?watch=true&timeoutSeconds=10&resourceVersion=${metadata.resourceVersion}`;
      expect(await target().watch(from, 4)).toEqual([
        'ADDED one',
        'MODIFIED one',
        'ADDED two',
        'DELETED one',
      ]);
    });
  });
}
