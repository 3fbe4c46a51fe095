import { randomBytes } from 'node:crypto';
import { anArchive, chartEntries } from './__testUtils__/anArchive';
import { crdFolders } from './crdFiles';
import { readChart } from './readChart';

const read = async (files: Record<string, string | Buffer> = {}) => {
  const chart = await readChart(await anArchive(chartEntries('web', files)));
  return { ...chart, ...crdFolders(chart.crdFiles, []) };
};

const crd = (name: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${name}\n`;
const OTHER = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: hidden}\n';
/** An array longer than what is parsed. */
const LONG = `spec:\n${'  - name: a\n'.repeat(40_000)}`;

jest.setTimeout(60_000);

describe('readChart', () => {
  it('H7 finds the schemas and definitions of the chart and of all subcharts', async () => {
    const inner = await anArchive(
      chartEntries('inner', { 'values.schema.json': '{"$id":"inner"}' }),
    );
    const packed = await anArchive(
      chartEntries('packed', {
        'values.schema.json': '{"$id":"packed"}',
        'crds/a.yaml': crd('as.example.com'),
        'charts/inner.tgz': inner,
      }),
    );
    const chart = await read({
      'values.schema.json': '{"$id":"web"}',
      'crds/b.yaml': crd('bs.example.com'),
      'charts/packed.tgz': packed,
      'charts/folder/values.schema.json': '{"$id":"folder"}',
    });
    expect(chart).toMatchObject({
      ...{ root: 'web', name: 'web', version: '1.2.3', hasSubcharts: true },
      defaults: { replicas: 1 },
      schema: { $id: 'web' },
    });
    expect(chart.schemas).toHaveLength(4);
    expect(chart.schemas).toEqual(
      expect.arrayContaining(
        ['web', 'packed', 'inner', 'folder'].map($id => ({ $id })),
      ),
    );
    expect(chart.crds.sort()).toEqual(['as.example.com', 'bs.example.com']);
  });

  it.each<[string, string]>([
    ['a comment and an end', `# c\n---\n${crd('as.example.com')}---\n# end\n`],
    [
      'JSON',
      JSON.stringify({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'as.example.com' },
      }),
    ],
    [
      'quotes and lines of Windows',
      crd('"as.example.com"').replace(/\n/g, '\r\n'),
    ],
    ['a schema that is too long to parse', crd('as.example.com') + LONG],
  ])('H6 reads a definition with %s', async (_, text) => {
    const { crds, crdProblems } = await read({ 'crds/a.yaml': text });
    expect({ crds, crdProblems }).toEqual({
      ...{ crds: ['as.example.com'], crdProblems: [] },
    });
  });

  it('H6 leaves out files that Helm does not create as definitions', async () => {
    const { crds, crdProblems } = await read({
      'crds/README.md': '{',
      'templates/crds/a.yaml': '{{ if }}',
      'files/crds/a.yaml': OTHER,
    });
    expect({ crds, crdProblems }).toEqual({ crds: [], crdProblems: [] });
  });

  it.each<[string, string, RegExp]>([
    ['another kind', OTHER, /has the kind "ConfigMap" of "v1"/],
    [
      'a second document of another kind',
      `${crd('a')}---\n${OTHER}`,
      /ConfigMap/,
    ],
    [
      'a second kind of one object',
      `${crd('a')}kind: ConfigMap\napiVersion: v1\n`,
      /ConfigMap/,
    ],
    [
      'a kind that is in quotes for a part of the lines',
      `${crd('a')}spec: "\n"\n"kind": ConfigMap\n`,
      /ConfigMap|cannot be read/,
    ],
    [
      'a kind of another group',
      crd('a').replace('apiextensions.k8s.io', 'example.com'),
      /of "example.com\/v1"/,
    ],
    [
      'a merged kind',
      `${crd('a')}<<: {kind: ConfigMap, apiVersion: v1}\n`,
      /ConfigMap/,
    ],
    [
      'a list with another kind',
      `apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Secret, metadata: { name: a } }]\n`,
      /"Secret"/,
    ],
    [
      'a list that calls itself a definition',
      `${crd(
        'a',
      )}items: [{ apiVersion: v1, kind: Secret, metadata: { name: a } }]\n`,
      /"Secret"/,
    ],
    ['no YAML', 'kind: [', /cannot be read/],
    [
      'a long document in another form',
      `${OTHER}data:\n${'  a: b\n'.repeat(50_000)}`,
      /ConfigMap|cannot be read/,
    ],
    [
      'a text after the marker',
      `${crd('a')}---x: "\n${OTHER} # "\n`,
      /after "---"/,
    ],
    [
      'another end of a line',
      `${crd('a')}# x\rkind: ConfigMap\n`,
      /the end of a line/,
    ],
    ['no name', crd(''), /without a name/],
    [
      'more than is read',
      `${crd('a')}# ${randomBytes(2_700_000).toString('hex')}\n${OTHER}`,
      /is longer than/,
    ],
  ])('H6 names a file in crds with %s', async (_, text, rule) => {
    const subchart = await anArchive(
      chartEntries('sub', { 'crds/x.yml': text }),
    );
    const { crdProblems } = await read({
      'crds/x.yaml': text,
      'charts/folder/crds/x.JSON': text,
      'charts/sub.tgz': subchart,
    });
    expect(crdProblems).toEqual(
      [
        'crds/x.yaml',
        'charts/folder/crds/x.JSON',
        'charts/sub.tgz/crds/x.yml',
      ].map(path => expect.stringContaining(`"${path}"`)),
    );
    expect(crdProblems[0]).toMatch(rule);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'a schema that is not JSON',
      { 'charts/x/values.schema.json': '{' },
      /"charts\/x\/values.schema.json" of the chart is not JSON/,
    ],
    [
      'a schema that is too large',
      {
        'values.schema.json': `{"a":"${randomBytes(600_000).toString('hex')}"}`,
      },
      /is too large/,
    ],
    ['no readable Chart.yaml', { 'Chart.yaml': 'name: [' }, /Chart.yaml/],
  ])('H7 refuses %s', async (_, files, rule) => {
    await expect(read(files)).rejects.toThrow(rule);
  });

  it('reads a chart whose values are too large to compare', async () => {
    const values = Array.from(
      { length: 30_000 },
      (_, index) => `k${index}: 1`,
    ).join('\n');
    const chart = await read({ 'values.yaml': values });
    expect(chart.defaults).toBeUndefined();
    expect(chart.hasSubcharts).toBe(false);
  });
});
