/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

/** Describes dry runs and conditional writes. */
export function describeConditions(target: () => ContractTarget) {
  describe('conditions', () => {
    let configmaps: string;

    beforeAll(async () => {
      const namespace = await target().namespace();
      configmaps = `/api/v1/namespaces/${namespace}/configmaps`;
    });

    async function made(name: string): Promise<any> {
      return target().must('POST', configmaps, {
        body: { metadata: { name }, data: { a: '1' } },
      });
    }

    it.each<[string, string, object]>([
      ['put', 'PUT', { body: { metadata: { name: 'put' }, data: { a: '2' } } }],
      [
        'merge',
        'PATCH',
        {
          contentType: 'application/merge-patch+json',
          body: { data: { a: '2' } },
        },
      ],
      ['remove', 'DELETE', {}],
    ])('a dry run changes nothing: %s', async (name, method, call) => {
      const before = await made(name);
      const path = `${configmaps}/${name}`;
      const { status, body } = await target().call(
        method,
        `${path}?dryRun=All`,
        call,
      );
      expect(status).toBe(200);
      expect(body.data?.a ?? body.status).toBe(
        method === 'DELETE' ? 'Success' : '2',
      );
      expect(await target().must('GET', path)).toEqual(before);
    });

    it('a dry run is checked like any other', async () => {
      await made('checked');
      const { status } = await target().call(
        'POST',
        `${configmaps}?dryRun=All`,
        { body: { metadata: { name: 'checked' } } },
      );
      expect(status).toBe(409);
      const unknown = await target().call('POST', `${configmaps}?dryRun=Some`, {
        body: { metadata: { name: 'unknown' } },
      });
      expect(unknown.status).toBe(422);
    });

    it.each([
      ['the object', '', { spec: { replicas: 1 } }, 422],
      ['its scale', '/scale', { spec: { replicas: 2 } }, 409],
    ])(
      'a merge patch of %s may name the UID',
      async (_, subresource, patch, refused) => {
        const deployments = configmaps
          .replace('/api/v1', '/apis/apps/v1')
          .replace('configmaps', 'deployments');
        const name = `uid${subresource.replace('/', '-')}`;
        const labels = { app: name };
        const { metadata } = await target().must('POST', deployments, {
          body: {
            metadata: { name },
            spec: {
              replicas: 0,
              selector: { matchLabels: labels },
              template: {
                metadata: { labels },
                spec: { containers: [{ name: 'a', image: 'a' }] },
              },
            },
          },
        });
        const send = (uid: string) =>
          target().call('PATCH', `${deployments}/${name}${subresource}`, {
            contentType: 'application/merge-patch+json',
            body: { metadata: { uid }, ...patch },
          });
        expect((await send('another')).status).toBe(refused);
        expect((await send(metadata.uid)).status).toBe(200);
      },
    );

    it('a deletion may ask for the version', async () => {
      const { metadata } = await made('version');
      const remove = (resourceVersion: string) =>
        target().call('DELETE', `${configmaps}/version`, {
          body: { preconditions: { resourceVersion } },
        });
      const refused = await remove(`${Number(metadata.resourceVersion) - 1}`);
      expect([refused.status, refused.body.reason]).toEqual([409, 'Conflict']);
      const done = await remove(metadata.resourceVersion);
      expect([done.status, done.body.details]).toEqual([
        200,
        expect.objectContaining({ name: 'version', uid: metadata.uid }),
      ]);
    });

    it.each(['merge-patch', 'strategic-merge-patch'])(
      'a patch may ask for the version: %s',
      async type => {
        const name = `asked-${type}`;
        const { metadata } = await made(name);
        const patch = (resourceVersion: string) =>
          target().call('PATCH', `${configmaps}/${name}`, {
            contentType: `application/${type}+json`,
            body: { metadata: { resourceVersion }, data: { b: '2' } },
          });
        const refused = await patch(`${Number(metadata.resourceVersion) - 1}`);
        expect([refused.status, refused.body.reason]).toEqual([
          409,
          'Conflict',
        ]);
        expect((await patch(metadata.resourceVersion)).status).toBe(200);
      },
    );

    it('a JSON patch may ask for a value', async () => {
      await made('tested');
      const patch = (value: string) =>
        target().call('PATCH', `${configmaps}/tested`, {
          contentType: 'application/json-patch+json',
          body: [
            { op: 'test', path: '/data/a', value },
            { op: 'replace', path: '/data/a', value: '2' },
          ],
        });
      expect((await patch('7')).status).toBe(422);
      expect((await patch('1')).body.data).toEqual({ a: '2' });
    });

    it('an update may ask for the UID', async () => {
      const { metadata } = await made('uid');
      const { status, body } = await target().call('PUT', `${configmaps}/uid`, {
        body: {
          metadata: {
            ...metadata,
            uid: '00000000-0000-0000-0000-000000000000',
          },
        },
      });
      expect([status, body.reason]).toEqual([409, 'Conflict']);
    });

    it('an update that changes nothing writes nothing', async () => {
      const before = await made('same');
      const after = await target().must('PUT', `${configmaps}/same`, {
        body: before,
      });
      expect(after.metadata.resourceVersion).toBe(
        before.metadata.resourceVersion,
      );
    });

    it('a finalizer holds an object, which is marked and then kept from change of mind', async () => {
      await target().must('POST', configmaps, {
        body: { metadata: { name: 'held', finalizers: ['example.com/hold'] } },
      });
      const marked = await target().must('DELETE', `${configmaps}/held`);
      expect(marked.metadata.deletionTimestamp).toEqual(expect.any(String));
      const added = await target().call('PATCH', `${configmaps}/held`, {
        contentType: 'application/merge-patch+json',
        body: {
          metadata: { finalizers: ['example.com/hold', 'example.com/more'] },
        },
      });
      expect(added.status).toBe(422);
      await target().must('PATCH', `${configmaps}/held`, {
        contentType: 'application/merge-patch+json',
        body: { metadata: { finalizers: null } },
      });
      const gone = await target().call('GET', `${configmaps}/held`);
      expect(gone.status).toBe(404);
    });
  });
}
