/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';

const ACCEPT = 'application/json;as=Table;g=meta.k8s.io;v=v1,application/json';

/** Describes lists as Tables, as the resource views read them. */
export function describeTables(target: () => ContractTarget) {
  describe('tables', () => {
    async function secrets(count: number): Promise<string> {
      const namespace = await target().namespace();
      const path = `/api/v1/namespaces/${namespace}/secrets`;
      for (let index = 0; index < count; index += 1) {
        await target().must('POST', path, {
          body: {
            metadata: { name: `s${index}`, labels: { of: 'tables' } },
            stringData: { key: 'a-value-of-a-secret' },
          },
        });
      }
      return path;
    }

    const table = (path: string) =>
      target().must('GET', path, { accept: ACCEPT });

    it('name the column of the names, and hold no objects if asked so', async () => {
      const path = await secrets(1);
      const body = await table(
        `${path}?includeObject=None&labelSelector=of%3Dtables`,
      );
      expect([body.kind, body.apiVersion]).toEqual(['Table', 'meta.k8s.io/v1']);
      expect(
        body.columnDefinitions.map(({ name, type, format, priority }: any) => [
          name,
          type,
          format,
          priority,
        ]),
      ).toEqual([
        ['Name', 'string', 'name', 0],
        ['Type', 'string', '', 0],
        ['Data', 'string', '', 0],
        ['Age', 'string', '', 0],
      ]);
      expect(body.columnDefinitions[0].description).not.toBe('');
      expect(body.rows).toHaveLength(1);
      expect(body.rows[0].cells.slice(0, 3)).toEqual([
        's0',
        'Opaque',
        expect.anything(),
      ]);
      expect(body.rows[0].object).toBeNull();
      expect(JSON.stringify(body)).not.toContain('YS12YWx1ZS');
    });

    it('hold the metadata of objects with their managed fields, and no more', async () => {
      const path = await secrets(1);
      const { rows } = await table(`${path}?labelSelector=of%3Dtables`);
      expect(rows[0].object).toMatchObject({
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: { name: 's0', labels: { of: 'tables' } },
      });
      expect(rows[0].object.metadata.managedFields.length).toBeGreaterThan(0);
      expect(rows[0].object.data).toBeUndefined();
    });

    it('come in pages, but not for any version', async () => {
      const path = await secrets(3);
      const query = 'labelSelector=of%3Dtables&includeObject=None&limit=2';
      const first = await table(`${path}?${query}`);
      expect(first.rows).toHaveLength(2);
      const rest = await table(
        `${path}?${query}&continue=${encodeURIComponent(
          first.metadata.continue,
        )}`,
      );
      expect(rest.rows).toHaveLength(1);
      const all = await table(`${path}?${query}&resourceVersion=0`);
      expect(all.rows.length).toBeGreaterThanOrEqual(3);
      expect(all.metadata.continue).toBeUndefined();
    });

    it('are refused when nothing else is accepted and they are of another version', async () => {
      const { status } = await target().call('GET', '/api/v1/namespaces', {
        accept: 'application/json;as=Table;g=meta.k8s.io;v=v9',
      });
      expect(status).toBe(406);
    });
  });
}
