import { readManifest } from '../releases/manifest';
import { DecodedRelease } from '../releases/types';
import { aChart } from '../runner/__testUtils__/aChart';
import {
  compareRenderings,
  hasUnknownParts,
  newNames,
  withoutChanging,
} from './otherRendering';

const map = (name: string) => ({ kind: 'ConfigMap', apiVersion: 'v1', name });
const role = (name: string) => ({
  ...{ kind: 'Role', apiVersion: 'rbac.authorization.k8s.io/v1', name },
});
type Listed = ReturnType<typeof map>;

const read = (objects: Listed[]) =>
  readManifest(
    {
      manifest: objects
        .map(
          ({ name, ...kind }) =>
            `---\n${JSON.stringify({ ...kind, metadata: { name } })}\n`,
        )
        .join(''),
      hooks: [] as unknown[],
    } as DecodedRelease,
    { source: 'secret', objectName: 'a' },
  );
const place = async (objects: Listed[]) =>
  (await read(objects)).map(wanted => ({
    wanted,
    placed: {
      ...{ kind: wanted.kind, apiVersion: wanted.apiVersion, group: 'core' },
      ...{ plural: 'configmaps', namespace: 'shop', name: wanted.name },
    },
  }));

describe('the comparison of two renderings', () => {
  it('finds nothing in equal ones', async () => {
    expect(
      compareRenderings(
        await place([map('web')]),
        await read([map('web')]),
        'shop',
      ),
    ).toEqual({ changing: [], warnings: [] });
  });

  it('describes names that differ, and leaves these objects out', async () => {
    const first = await place([map('web-a'), map('web'), map('db-a')]);
    const second = await read([map('web-b'), map('web'), map('db-b')]);
    const { changing, warnings } = compareRenderings(first, second, 'shop');
    expect(warnings.map(({ text }) => text)).toEqual([
      'The name of ConfigMap "db-..." differs at each rendering of the chart',
      'The name of ConfigMap "web-..." differs at each rendering of the chart',
    ]);
    expect(
      withoutChanging(first, changing, 'shop').map(one => one.wanted.name),
    ).toEqual(['web']);
  });

  it('counts objects of one beginning', async () => {
    const { warnings } = compareRenderings(
      await place([map('web-a'), map('web-b')]),
      await read([map('web-c'), map('web-d')]),
      'shop',
    );
    expect(warnings.map(({ text }) => text)).toEqual([
      'The names of 2 objects of the kind ConfigMap differ at each rendering of the chart: "web-..."',
    ]);
  });

  it.each([
    ['an object with rights', [role('web-a')], [role('web-b')]],
    ['one more', [map('web-a')], [map('web-a'), map('web-b')]],
    [
      'an object with rights besides',
      [map('web-a')],
      [map('web-b'), role('web')],
    ],
  ])('warns of %s, and keeps all names', async (_, first, second) => {
    const { changing, warnings } = compareRenderings(
      await place(first),
      await read(second),
      'shop',
    );
    expect(changing).toEqual([]);
    expect(warnings.map(({ text }) => text)).toEqual([
      'The chart renders other objects each time, so the portal will probably refuse to start the operation',
    ]);
  });
});

describe('a second rendering', () => {
  it.each([
    ['names of the chart, the release and the values', 'web-sync-blue', false],
    ['a name that the chart does not have', 'web-sync-x7', true],
  ])('for %s: %s', async (_, name, isNeeded) => {
    const archive = await aChart({
      'templates/a.yaml': 'name: {{ .Release.Name }}-sync-{{ .Values.color }}',
    });
    expect(await hasUnknownParts([name], archive, ['color: blue', 'web'])).toBe(
      isNeeded,
    );
  });

  it('is for names that the last revision does not have, of objects without rights', async () => {
    expect(
      newNames(
        await read([map('web')]),
        await read([map('web'), map('web-a'), role('web-b')]),
        'shop',
      ),
    ).toEqual(['web-a']);
  });
});
