import { HELM_MASK } from '@berth/plugin-berth-common';
import { currentHelm } from '@berth/kube-binaries';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mergeValues } from './mergeValues';
import { parseOverrides } from './parseOverrides';
import { restoreHidden } from './restoreHidden';

/** Values of a chart, and overrides of people. */
const MERGED: [defaults: string, overrides: string][] = [
  ['{"a":1,"b":{"c":1,"d":2}}', '{"a":null}'],
  ['{"a":1,"b":{"c":1,"d":2}}', '{"b":null}'],
  ['{"a":1,"b":{"c":1,"d":2}}', '{"b":{"c":null}}'],
  ['{"a":1,"b":{"c":1}}', '{"z":null,"b":{"y":null},"x":{"y":null}}'],
  ['{"a":1,"b":{"c":1}}', '{"b":5,"a":{"x":null}}'],
  ['{"a":[1,2],"b":[{"x":1}]}', '{"a":[3],"b":[{"y":null}, null]}'],
  ['{"a":null,"b":{"c":null}}', '{}'],
  ['{"a":null,"b":{"c":null}}', '{"a":null,"b":{"c":null}}'],
  ['{"a":null,"b":{"c":null}}', '{"a":{"x":1},"b":{"d":1}}'],
  ['{"a":{"b":{"c":null,"k":[null]}}}', '{"a":{"x":1}}'],
  ['{"a":{"b":{"c":1}}}', '{"a":{"b":{"c":null,"e":null}}}'],
  ['{"a":{"b":{"c":1}}}', '{"a":{"b":[1]}}'],
  ['{"a":{"b":null}}', '{"a":{"b":{"q":null}}}'],
  ['{"a":{"b":{"c":[]}},"s":"","z":0,"f":false}', '{"s":null,"z":null}'],
  ['{"x":{"a":1}}', '{"x":{}, "y":{}}'],
  // As YAML 1.1 reads them.
  [
    '{}',
    'y: n\na: no\nb: 0644\nc: 1_000\nd: 2001-01-01\ne: "1"\nf: 1e3\ng: ~\n',
  ],
];

describe('the values of an upgrade', () => {
  it('are merged with those of the chart as the real helm does', async () => {
    const helm = (await currentHelm())!;
    const home = await mkdtemp(join(tmpdir(), 'helm-'));
    try {
      const merge = async ([defaults, overrides]: string[], index: number) => {
        const chart = join(home, `chart-${index}`);
        await mkdir(join(chart, 'templates'), { recursive: true });
        const write = (file: string, text: string) =>
          writeFile(join(chart, file), text);
        await write('Chart.yaml', 'apiVersion: v2\nname: c\nversion: 1.0.0\n');
        await write('values.yaml', defaults);
        await write('overrides.yaml', overrides);
        await write('templates/all.yaml', 'all: {{ toJson .Values | quote }}');
        const { stdout } = await promisify(execFile)(
          helm,
          ['template', 'r', chart, '-f', join(chart, 'overrides.yaml')],
          { env: { HOME: home } },
        );
        return JSON.parse(JSON.parse(/^all: (.*)$/m.exec(stdout)![1]));
      };
      const byHelm: unknown[] = [];
      for (const [index, texts] of MERGED.entries()) {
        byHelm.push(await merge(texts, index));
      }
      expect(
        MERGED.map(([defaults, overrides]) =>
          mergeValues(JSON.parse(defaults), parseOverrides(overrides)),
        ),
      ).toEqual(byHelm);
    } finally {
      await rm(home, { recursive: true });
    }
  }, 60_000);

  it.each([
    ['', {}],
    ['# nothing\n', {}],
    ['a: 1\n', { a: 1 }],
  ])('may be %j', (yaml, values) => {
    expect(parseOverrides(yaml)).toEqual(values);
  });

  it.each([
    ['- 1\n', 'values line 1: A document must be an object'],
    ['a: 1\na: 2\n', 'values line 2, column 1: Keys of one object'],
    ['a: [1\nb: 2', 'values line 2, column 1: The indentation'],
    ['a: 1\n---\nb: 2\n', 'values: line 3 begins a second document'],
    [
      'big: [12345678901234567890]',
      'values: big[0] is a number that Helm would',
    ],
    ['big: .inf', 'values line 1, column 6: The value is no number of JSON'],
    [`a: ${'x'.repeat(300_000)}`, 'values: it has more than 262144 characters'],
    [`a: [${'[],'.repeat(30_000)}]`, 'values: it has more than 20000 of the'],
    [`${'{a: '.repeat(70)}1${'}'.repeat(70)}`, 'more than 64 levels deep'],
    ['__proto__: {a: 1}', '__proto__'],
    ['&a '.repeat(80_000), 'values: it has more than 16000 brackets, anchors'],
    [`''\n`.repeat(80_000), 'values: it has more than 40000 quotes'],
    ['] '.repeat(100_000), 'values: it has more than 16000 brackets'],
    ['{'.repeat(200_000), 'values: it has more than 16000 brackets'],
    ['%a\n'.repeat(80_000), 'values: it has more than 16000 brackets'],
    ['...\n'.repeat(60_000), 'values: it has more than 16000 brackets'],
    ['? a\n'.repeat(60_000), 'values: it has more than 16000 brackets'],
  ])('are refused with the line and the rule: %.20s', (yaml, message) => {
    expect(() => parseOverrides(yaml)).toThrow(message);
  });

  it('H17 keep the hidden values of the release, and name those that are unclear', () => {
    const stored = {
      database: { password: 'old', port: 1 },
      keys: ['k1', 'k2'],
      env: [
        { name: 'A_TOKEN', value: 'a' },
        { name: 'B_TOKEN', value: 'b' },
        { name: 'C', value: 'c' },
      ],
    };
    const hidden = (name: string) => ({ name, value: HELM_MASK });
    expect(
      restoreHidden(
        {
          database: { password: HELM_MASK, port: 2 },
          keys: [HELM_MASK, HELM_MASK],
          // Without the first, and in another order.
          env: [{ name: 'C', value: 'd' }, hidden('B_TOKEN'), { name: 'new' }],
        },
        stored,
      ),
    ).toEqual({
      database: { password: 'old', port: 2 },
      keys: ['k1', 'k2'],
      env: [{ name: 'C', value: 'd' }, stored.env[1], { name: 'new' }],
    });
    const refused: [object, string][] = [
      [{ keys: [HELM_MASK] }, 'keys[0]'],
      [{ env: [hidden('D_TOKEN')] }, 'env[0].value'],
      [{ database: { port: HELM_MASK } }, 'database.port'],
      [{ other: { password: HELM_MASK } }, 'other.password'],
    ];
    for (const [values, path] of refused) {
      expect(() => restoreHidden(values as never, stored)).toThrow(
        `values: ${path} stands for a hidden value`,
      );
    }
  });
});
