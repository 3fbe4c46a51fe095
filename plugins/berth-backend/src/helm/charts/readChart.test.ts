import { randomBytes } from 'node:crypto';
import { anArchive, chartEntries } from './__testUtils__/anArchive';
import { readChart } from './readChart';

const read = async (files: Record<string, string | Buffer> = {}) =>
  readChart(await anArchive(chartEntries('web', files)));

const crd = (name: string) =>
  `kind: CustomResourceDefinition\nmetadata:\n  name: ${name}\n`;

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
