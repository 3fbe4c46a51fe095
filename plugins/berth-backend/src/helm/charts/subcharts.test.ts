import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { currentHelm } from '@berth/kube-binaries';
import { stringify } from 'yaml';
import { JsonRecord } from '../../resources/objects/json';
import { anArchive, chartEntries } from './__testUtils__/anArchive';
import { crdFolders } from './crdFiles';
import { readChart } from './readChart';
import { turnedOff } from './subcharts';

/**
 * `left out`: by Helm and by Berth. `created`: by both. `doubt`: Helm leaves the subchart out, and Berth is not sure.
 */
type Outcome = 'left out' | 'created' | 'doubt';

interface Case {
  /** Of the subchart `sub` 1.2.3, or all dependencies. */
  dependency?: object | object[];
  chart?: object | string;
  /** `values.yaml` of the chart. */
  defaults?: object | string;
  overrides?: JsonRecord;
  /** `values.yaml` of the subchart. */
  subDefaults?: object;
  sub?: object;
  files?: Record<string, string>;
}

const BY_CONDITION = { condition: 'sub.enabled' };
const BY_TAG = { tags: ['extra'] };
const OFF = { sub: { enabled: false } };
const ON = { sub: { enabled: true } };
const NAMED = { name: 'sub', version: '1.2.3' };

const CASES: [string, Outcome, Case][] = [
  ['no condition', 'created', {}],
  ['no dependency', 'created', { dependency: [], defaults: OFF }],
  [
    'a condition without a value',
    'created',
    { dependency: BY_CONDITION, defaults: {} },
  ],
  [
    'a condition that is false',
    'left out',
    { dependency: BY_CONDITION, defaults: OFF },
  ],
  [
    'a condition that is true',
    'created',
    { dependency: BY_CONDITION, defaults: ON },
  ],
  [
    'a condition that the person turns off',
    'left out',
    { dependency: BY_CONDITION, defaults: ON, overrides: OFF },
  ],
  [
    'a condition that the person turns on',
    'created',
    { dependency: BY_CONDITION, defaults: OFF, overrides: ON },
  ],
  [
    'a condition that the person turns off without a default',
    'left out',
    { dependency: BY_CONDITION, overrides: OFF },
  ],
  [
    'a condition that the person removes',
    'created',
    {
      dependency: BY_CONDITION,
      defaults: OFF,
      overrides: { sub: { enabled: null } },
    },
  ],
  [
    'a condition with the default of the subchart',
    'doubt',
    { dependency: BY_CONDITION, subDefaults: { enabled: false } },
  ],
  [
    'a default of the subchart below one of the chart',
    'created',
    {
      dependency: BY_CONDITION,
      defaults: ON,
      subDefaults: { enabled: false },
    },
  ],
  [
    'a condition with a text',
    'created',
    { dependency: BY_CONDITION, defaults: { sub: { enabled: 'false' } } },
  ],
  [
    'a condition with a number',
    'created',
    { dependency: BY_CONDITION, defaults: { sub: { enabled: 0 } } },
  ],
  [
    'a condition with a word of YAML 1.1',
    'left out',
    { dependency: BY_CONDITION, defaults: 'sub: {enabled: no}' },
  ],
  [
    'a condition with a table',
    'created',
    { dependency: { condition: 'sub' }, defaults: OFF },
  ],
  [
    'two conditions, the first false',
    'left out',
    {
      dependency: { condition: 'sub.enabled,all.enabled' },
      defaults: { ...OFF, all: { enabled: true } },
    },
  ],
  [
    'two conditions, the first true',
    'created',
    {
      dependency: { condition: 'sub.enabled,all.enabled' },
      defaults: { ...ON, all: { enabled: false } },
    },
  ],
  [
    'two conditions, the first without a value, below no subchart',
    'left out',
    {
      dependency: { condition: 'all.enabled,sub.enabled' },
      defaults: OFF,
    },
  ],
  [
    'two conditions, the first without a value, below a subchart',
    'doubt',
    {
      dependency: { condition: 'sub.enabled,all.enabled' },
      defaults: { all: { enabled: false } },
    },
  ],
  [
    'two conditions with a space',
    'created',
    {
      dependency: { condition: 'all.enabled, sub.enabled' },
      defaults: OFF,
    },
  ],
  [
    'a condition of one name',
    'left out',
    {
      dependency: { condition: 'sub-enabled' },
      overrides: { 'sub-enabled': false },
    },
  ],
  [
    'a condition on a global value',
    'left out',
    {
      dependency: { condition: 'global.sub' },
      defaults: { global: { sub: false } },
    },
  ],
  [
    'a condition on a global value of the subchart',
    'created',
    {
      dependency: { condition: 'sub.global.on' },
      defaults: { sub: { global: { on: false } }, global: { on: true } },
    },
  ],
  [
    'a tag that is false',
    'left out',
    { dependency: BY_TAG, defaults: { tags: { extra: false } } },
  ],
  ['a tag without a value', 'created', { dependency: BY_TAG, defaults: {} }],
  [
    'a tag that the person turns on',
    'created',
    {
      dependency: BY_TAG,
      defaults: { tags: { extra: false } },
      overrides: { tags: { extra: true } },
    },
  ],
  [
    'a tag that the person turns off',
    'left out',
    { dependency: BY_TAG, overrides: { tags: { extra: false } } },
  ],
  [
    'two tags, one of them true',
    'created',
    {
      dependency: { tags: ['extra', 'other'] },
      defaults: { tags: { extra: false, other: true } },
    },
  ],
  [
    'two tags, one of them without a value',
    'left out',
    {
      dependency: { tags: ['extra', 'other'] },
      defaults: { tags: { extra: false } },
    },
  ],
  [
    'a tag with a text next to one that is false',
    'doubt',
    {
      dependency: { tags: ['extra', 'other'] },
      defaults: { tags: { extra: false, other: 'true' } },
    },
  ],
  [
    'a condition that is true over a tag that is false',
    'created',
    {
      dependency: { ...BY_CONDITION, ...BY_TAG },
      defaults: { ...ON, tags: { extra: false } },
    },
  ],
  [
    'a condition that is false over a tag that is true',
    'left out',
    {
      dependency: { ...BY_CONDITION, ...BY_TAG },
      defaults: { ...OFF, tags: { extra: true } },
    },
  ],
  [
    'a condition without a value over a tag that is false',
    'left out',
    {
      dependency: { condition: 'all.enabled', ...BY_TAG },
      defaults: { tags: { extra: false } },
    },
  ],
  [
    'another version of the subchart',
    'doubt',
    { dependency: { ...BY_CONDITION, version: '2.x' }, defaults: OFF },
  ],
  [
    'a range of versions',
    'left out',
    { dependency: { ...BY_CONDITION, version: '^1.1' }, defaults: OFF },
  ],
  [
    'a range that the libraries could read differently',
    'doubt',
    {
      dependency: { ...BY_CONDITION, version: '>=1.0.0, <2.0.0' },
      defaults: OFF,
    },
  ],
  [
    'a version before a release',
    'doubt',
    {
      dependency: { ...BY_CONDITION, version: '>=1.0.0' },
      sub: { version: '1.2.3-rc.1' },
      defaults: OFF,
    },
  ],
  [
    'an alias',
    'left out',
    {
      dependency: { alias: 'other', condition: 'other.enabled' },
      defaults: { other: { enabled: false } },
    },
  ],
  [
    'an alias, and the condition of the name',
    'created',
    {
      dependency: { alias: 'other', condition: 'other.enabled' },
      defaults: OFF,
    },
  ],
  [
    'two aliases, one of them off',
    'created',
    {
      dependency: [
        { ...NAMED, alias: 'a', condition: 'a.enabled' },
        { ...NAMED, alias: 'b', condition: 'b.enabled' },
      ],
      defaults: { a: { enabled: false }, b: { enabled: true } },
    },
  ],
  [
    'two aliases, both off',
    'left out',
    {
      dependency: [
        { ...NAMED, alias: 'a', condition: 'a.enabled' },
        { ...NAMED, alias: 'b', condition: 'b.enabled' },
      ],
      defaults: { a: { enabled: false }, b: { enabled: false } },
    },
  ],
  [
    'an alias that is off, and a dependency without one',
    'created',
    {
      dependency: [{ ...NAMED, alias: 'a', condition: 'a.enabled' }, NAMED],
      defaults: { a: { enabled: false } },
    },
  ],
  [
    'the field enabled',
    'created',
    { dependency: { enabled: false }, defaults: {} },
  ],
  [
    'another case of the field',
    'doubt',
    {
      chart: { Dependencies: [{ ...NAMED, ...BY_CONDITION }] },
      defaults: OFF,
    },
  ],
  [
    'dependencies of Helm 2',
    'doubt',
    {
      chart: { apiVersion: 'v1' },
      dependency: [],
      defaults: OFF,
      files: {
        'requirements.yaml': stringify({
          dependencies: [{ ...NAMED, ...BY_CONDITION }],
        }),
      },
    },
  ],
  [
    'requirements over dependencies',
    'doubt',
    {
      dependency: BY_CONDITION,
      defaults: OFF,
      files: { 'requirements.yaml': stringify({ dependencies: [NAMED] }) },
    },
  ],
  [
    'a second document of values',
    'created',
    {
      dependency: BY_CONDITION,
      defaults: 'sub: {enabled: false}\n---\nsub: {enabled: true}\n',
    },
  ],
  [
    'a merge key',
    'left out',
    {
      dependency: BY_CONDITION,
      defaults: 'base: &a {enabled: false}\nsub: {<<: *a}\n',
    },
  ],
  [
    'the values of another subchart',
    'created',
    {
      dependency: { condition: 'other.enabled' },
      files: {
        'charts/other/Chart.yaml': stringify({
          ...{ apiVersion: 'v2', name: 'other', version: '1.0.0' },
        }),
        'charts/other/values.yaml': 'enabled: true\n',
      },
    },
  ],
  [
    'a subchart with the name "tags"',
    'doubt',
    {
      dependency: [
        { ...NAMED, ...BY_TAG },
        { name: 'tags', version: '1.0.0' },
      ],
      defaults: { tags: { extra: false } },
      files: {
        'charts/tags/Chart.yaml': stringify({
          ...{ apiVersion: 'v2', name: 'tags', version: '1.0.0' },
        }),
      },
    },
  ],
];

jest.setTimeout(60_000);

describe('the subcharts that values turn off', () => {
  let folder: string;
  let helm: string | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'subcharts-'));
    helm = await currentHelm();
  });

  afterAll(() => rm(folder, { recursive: true }));

  const yaml = (value: object | string) =>
    typeof value === 'string' ? value : stringify(value);

  async function open(
    { dependency = {}, chart, defaults, sub, subDefaults, files }: Case,
    packed = false,
  ) {
    const dependencies = Array.isArray(dependency)
      ? dependency
      : [{ ...NAMED, ...dependency }];
    const named = typeof chart === 'object' ? chart : {};
    const subFiles: Record<string, string> = {
      'Chart.yaml': yaml({ apiVersion: 'v2', ...NAMED, ...sub }),
      'values.yaml': yaml(subDefaults ?? {}),
      'crds/subs.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: subs.example.com\n',
    };
    const below = Object.entries(subFiles).map(([path, text]) => [
      `charts/sub/${path}`,
      text,
    ]);
    return readChart(
      await anArchive(
        chartEntries('web', {
          'Chart.yaml': yaml({
            ...{ apiVersion: 'v2', name: 'web', version: '1.0.0' },
            ...(!('Dependencies' in named) && { dependencies }),
            ...named,
          }),
          'values.yaml': yaml(defaults ?? {}),
          ...(packed
            ? {
                'charts/sub-1.2.3.tgz': await anArchive(
                  chartEntries('sub', subFiles),
                ),
              }
            : Object.fromEntries(below)),
          ...files,
        }),
      ),
    );
  }

  it.each(CASES)('H6 %s: %s', async (_, outcome, given) => {
    const { overrides = {} } = given;
    const chart = await open(given);
    const { crds } = crdFolders(
      chart.crdFiles,
      turnedOff(chart.switches, overrides),
    );
    expect(crds).toEqual(outcome === 'left out' ? [] : ['subs.example.com']);
    if (helm === undefined) {
      return;
    }
    const [archive, values] = [
      join(folder, 'chart.tgz'),
      join(folder, 'values.json'),
    ];
    await writeFile(archive, chart.archive);
    await writeFile(values, JSON.stringify(overrides));
    const { stdout } = await promisify(execFile)(
      helm,
      ['template', 'web', archive, '--include-crds', '--values', values],
      { env: { HOME: folder } },
    );
    expect(stdout.includes('subs.example.com')).toBe(outcome === 'created');
  });

  it('H6 reads a subchart that is packed', async () => {
    const given = { dependency: BY_CONDITION, defaults: OFF };
    const { crdFiles, switches } = await open(given, true);
    expect(crdFolders(crdFiles, turnedOff(switches, {})).crds).toEqual([]);
    expect(crdFolders(crdFiles, turnedOff(switches, ON)).crds).toEqual([
      'subs.example.com',
    ]);
  });
});
