import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { currentHelm } from '@berth/kube-binaries';
import { contentOf } from '../releases/decodeRelease';
import { readChart } from '../charts/readChart';
import { chartArchive } from './chartArchive';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const file = (name: string, data: string) => ({ name, data: base64(data) });

function aRelease(chart: object, more: object = {}) {
  return contentOf(
    {
      manifest: '',
      ...more,
      chart: {
        metadata: { apiVersion: 'v2', name: 'web', version: '1.0.0' },
        values: {},
        templates: [],
        files: [],
        ...chart,
      },
    },
    {},
  );
}

describe('the chart of a stored release', () => {
  it('is packed so that the real helm renders what it rendered before', async () => {
    const odd = 'a\u2028b\u0085c\u007f"\\ é 😀 {{ x }}\n# no: comment';
    const chart = {
      values: {
        odd,
        [`key: ${odd}`]: { n: 1000000, f: 1.5, list: [null, 'no', true] },
      },
      schema: base64('{"properties":{"odd":{"type":"string"}}}'),
      templates: [
        file('templates/all.yaml', 'all: {{ toJson .Values | b64enc }}\n'),
        file(
          'templates/files.yaml',
          'text: {{ .Files.Get "files/a.txt" | quote }}\n',
        ),
      ],
      files: [file('files/a.txt', 'of a file'), file('LICENSE', 'free')],
    };
    const { archive, digest } = await chartArchive(aRelease(chart));
    const again = await chartArchive(
      aRelease({ ...chart, files: [...chart.files].reverse() }),
    );
    expect(again.digest).toBe(digest);
    expect((await readChart(archive)).schema).toEqual({
      properties: { odd: { type: 'string' } },
    });
    const other = await chartArchive(aRelease({ ...chart, values: { odd } }));
    expect(other.digest).not.toBe(digest);

    const home = await mkdtemp(join(tmpdir(), 'helm-'));
    try {
      await writeFile(join(home, 'chart.tgz'), archive);
      const { stdout } = await promisify(execFile)(
        (await currentHelm())!,
        ['template', 'r', join(home, 'chart.tgz')],
        { env: { HOME: home } },
      );
      const rendered = /^all: (.*)$/m.exec(stdout)![1];
      expect(JSON.parse(Buffer.from(rendered, 'base64').toString())).toEqual(
        chart.values,
      );
      expect(stdout).toContain('text: "of a file"');
    } finally {
      await rm(home, { recursive: true });
    }
  }, 60_000);

  const metadata = { apiVersion: 'v2', name: 'web', version: '1.0.0' };
  it.each([
    [{ metadata: { ...metadata, dependencies: [{ name: 'redis' }] } }, {}],
    [{ lock: { dependencies: [{ name: 'redis' }] } }, {}],
    [{}, { manifest: '---\n# Source: web/charts/redis/templates/a.yaml\n' }],
  ])('is not packed without its subcharts: %j %j', async (chart, more) => {
    await expect(chartArchive(aRelease(chart, more))).rejects.toThrow(
      'The chart web 1.0.0 has dependencies ("redis"), which Helm does not store with a release. Upgrade with the chart from its repository',
    );
  });

  it.each([
    ['files', 'charts/evil/Chart.yaml'],
    ['files', 'Charts/evil.tgz'],
    ['files', '../../etc/passwd'],
    ['files', 'a/../../b'],
    ['files', '/etc/passwd'],
    ['files', 'a//b'],
    ['files', 'a\\b'],
    ['files', 'a\0b'],
    ['files', 'Chart.yaml'],
    ['files', 'values.schema.json'],
    ['files', 'templates/more.yaml'],
    ['files', 'requirements.yaml'],
    ['files', 'x'.repeat(201)],
    ['templates', 'other/a.yaml'],
    ['templates', 'templates/../charts/a/Chart.yaml'],
  ])('H6 has no %s with the name %j', async (field, name) => {
    await expect(
      chartArchive(aRelease({ [field]: [file(name, 'x')] })),
    ).rejects.toThrow('which is not possible in a chart');
  });

  it('H6 has each file once, a schema that is JSON, and exact numbers', async () => {
    const twice = { files: [file('a', '1'), file('a', '2')] };
    await expect(chartArchive(aRelease(twice))).rejects.toThrow('"a" twice');
    await expect(
      chartArchive(aRelease({ schema: base64('{') })),
    ).rejects.toThrow('is not JSON');
    await expect(
      chartArchive(aRelease({ values: { a: { b: 2 ** 60 } } })),
    ).rejects.toThrow('The value a.b of the stored chart is a number');
  });
});
