import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { JsonRecord, recordsAt, textAt } from '../../resources/objects/json';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { tarOf } from '../charts/packChart';
import { DecodedRelease } from '../releases/types';
import { impreciseNumber } from '../values/parseOverrides';
import { pathOf } from '../values/paths';

const FOLDER = 'chart';
const MAX_NAME = 200;
const MAX_FILES = 5_000;
const MIB = 1024 * 1024;
const MAX_BYTES = 40 * MIB;
/** Names of files of a chart. A file of another name could be a subchart, or leave the folder. */
const NAME = /^[A-Za-z0-9._@+~, ()=-]+(\/[A-Za-z0-9._@+~, ()=-]+)*$/;
/** These are made from other parts of the release. */
const MADE =
  /^(Chart\.(yaml|lock)|values\.yaml|values\.schema\.json|requirements\.(yaml|lock)|charts(\/.*)?|templates(\/.*)?)$/i;
/** Characters that JSON may hold as they are, and that a parser of YAML refuses or takes for the end of a line. */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const SUBCHART = /^# Source: [^/\s]+\/charts\/([^/\s]{1,100})\//m;

/** Why a stored chart cannot be used again. The message is for people. */
export class ChartArchiveError extends Error {}

/** A stored chart, packed again. */
export interface PackedChart {
  /** The packed chart (.tgz). */
  archive: Buffer;
  /** Of the unpacked chart: equal charts have equal digests. */
  digest: string;
}

/**
 * Packs the chart that Helm stored with a release. The release is not trusted: anyone who may create Secrets in its
 * namespace can write one.
 *
 * @throws ChartArchiveError if Helm did not store the whole chart, or if it is no chart
 */
export async function chartArchive(
  release: DecodedRelease,
): Promise<PackedChart> {
  const { chart, defaults, packed } = release;
  assertWhole(release);
  const imprecise = impreciseNumber(defaults);
  if (imprecise) {
    throw new ChartArchiveError(
      `The value ${pathOf(
        imprecise,
      )} of the stored chart is a number that Berth would round: upgrade with helm`,
    );
  }
  const schema = schemaOf(packed);
  const files = new Map<string, Buffer>([
    ['Chart.yaml', yamlOf(chart)],
    ['values.yaml', yamlOf(defaults)],
    // Written again, so that helm reads what the portal checks.
    ...(schema === undefined
      ? []
      : [['values.schema.json', yamlOf(schema)] as const]),
  ]);
  const add = (name: string, data: Buffer) => {
    if (files.has(name)) {
      throw new ChartArchiveError(
        `The stored chart has the file ${quoteUntrusted(name)} twice`,
      );
    }
    files.set(name, data);
  };
  const stored = filesOf(packed);
  stored.forEach(({ name, data }) => add(name, data));
  const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  if (files.size > MAX_FILES || size > MAX_BYTES) {
    throw new ChartArchiveError(
      `The stored chart has more than ${MAX_FILES} files or ${
        MAX_BYTES / MIB
      } MiB`,
    );
  }
  const tar = await tarOf(FOLDER, files);
  return {
    archive: await promisify(gzip)(tar),
    digest: createHash('sha256').update(tar).digest('hex'),
  };
}

/** Writes JSON that is YAML, too. */
export function yamlOf(value: unknown): Buffer {
  const json = JSON.stringify(value).replace(
    ESCAPED,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(`${json}\n`);
}

/** @throws ChartArchiveError naming the subcharts, which Helm does not store */
function assertWhole({
  chart,
  hooks,
  manifest,
  packed,
  summary,
}: DecodedRelease) {
  const names = [
    ...recordsAt(chart, 'dependencies'),
    ...recordsAt(packed, 'lock', 'dependencies'),
  ].map(dependency => textAt(dependency, 'name') ?? 'unnamed');
  const [, used] =
    [manifest, ...hooks.map(hook => hook.manifest)]
      .map(text => SUBCHART.exec(text))
      .find(found => found !== null) ?? [];
  if (used !== undefined) {
    names.push(used);
  }
  if (names.length > 0) {
    const { name = 'of the release', version = '' } = summary.chart ?? {};
    throw new ChartArchiveError(
      `The chart ${name} ${version} has dependencies (${[...new Set(names)]
        .slice(0, 10)
        .map(quoteUntrusted)
        .join(
          ', ',
        )}), which Helm does not store with a release. Upgrade with the chart from its repository`,
    );
  }
}

function schemaOf(packed: JsonRecord): unknown {
  const text = textAt(packed, 'schema');
  if (text === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    throw new ChartArchiveError('values.schema.json of the chart is not JSON');
  }
}

function filesOf(packed: JsonRecord): { name: string; data: Buffer }[] {
  const read = (field: 'files' | 'templates') =>
    recordsAt(packed, field).map(({ name, data }) => {
      if (!isFileName(name, field)) {
        throw new ChartArchiveError(
          `The stored chart has a file with the name ${quoteUntrusted(
            name,
          )}, which is not possible in a chart`,
        );
      }
      return {
        name,
        data: Buffer.from(typeof data === 'string' ? data : '', 'base64'),
      };
    });
  return [...read('templates'), ...read('files')];
}

function isFileName(
  name: unknown,
  field: 'files' | 'templates',
): name is string {
  return (
    typeof name === 'string' &&
    name.length <= MAX_NAME &&
    NAME.test(name) &&
    !name.split('/').some(part => part === '.' || part === '..') &&
    (field === 'templates' ? name.startsWith('templates/') : !MADE.test(name))
  );
}
