import semver from 'semver';
import {
  JsonRecord,
  recordAt,
  textAt,
  valueAt,
} from '../../resources/objects/json';
import { parseDocuments } from '../../resources/objects/parseDocuments';
import { isRecord } from '../../resources/values';
import { assertSmallYaml } from '../releases/manifest';
import { mergeValues } from '../values/mergeValues';
import { ArchiveFile } from './archive';

/** The file of a subchart, directly below the chart. */
const CHART_FILE = /^(charts\/([^/]+))\/Chart\.yaml$/;
const ARCHIVE = /\.tgz$/;
const DEPENDENCY_FIELDS: ReadonlySet<string> = new Set([
  ...['name', 'version', 'repository', 'alias', 'condition', 'tags'],
  ...['enabled', 'import-values'],
]);
/** A name that YAML, Go and JavaScript read alike. */
const PLAIN_NAME = /^[a-z_][\w-]*$/i;
const WORD_OF_YAML = /^(y|n|yes|no|on|off|true|false|null)$/i;
/** Ranges that the libraries of Helm and of Node read alike. */
const PLAIN_RANGE =
  /^(\*|(=|~|\^|>=|<=|>|<)?\s*v?\d+(\.(\d+|x|\*)){0,2}(-[\w.-]+)?)$/;

/** A dependency of a chart, in `Chart.yaml`. */
interface Dependency {
  name: string;
  version: string;
  alias?: string;
  /** The paths of values, in their order. */
  conditions: string[][];
  tags: string[];
}

/** Which subcharts the values can turn off. */
export interface SubchartSwitches {
  /** Of `values.yaml`. */
  defaults: JsonRecord;
  /** The folders or archives of subcharts, and the dependencies that they stand for. */
  subcharts: { path: string; dependencies: Dependency[] }[];
  /** The keys below which the values of subcharts are. */
  names: ReadonlySet<string>;
}

const NONE: SubchartSwitches = {
  defaults: {},
  subcharts: [],
  names: new Set(),
};

/** A part of a chart that the programs could read differently. */
class DoubtError extends Error {}

/**
 * Reads which subcharts the values can turn off. A subchart whose files leave a doubt about this is not among them.
 *
 * @param files - of the chart itself: `Chart.yaml`, `values.yaml` and `requirements.yaml`
 * @param subchartFiles - `Chart.yaml` of subcharts; others are left out
 */
export function readSwitches(
  files: ReadonlyMap<string, ArchiveFile>,
  subchartFiles: { path: string; file: ArchiveFile }[],
): SubchartSwitches {
  try {
    if (files.has('requirements.yaml')) {
      return NONE;
    }
    const dependencies = dependenciesIn(readPlain(files.get('Chart.yaml')));
    const subcharts = subchartFiles.flatMap(({ path, file }) => {
      const [, folder] = CHART_FILE.exec(path) ?? [];
      return folder === undefined
        ? []
        : { path: folder, ...identityOf(folder, readPlain(file)) };
    });
    return {
      defaults: readPlain(files.get('values.yaml')),
      subcharts: subcharts.flatMap(({ path, name, version }) => {
        const own = dependencies.filter(one => one.name === name);
        const isOnly = subcharts.every(
          other => other.path === path || other.name !== name,
        );
        const isSure =
          own.length > 0 &&
          isOnly &&
          own.every(one => isSurelyInRange(version, one.version));
        return isSure ? [{ path, dependencies: own }] : [];
      }),
      names: new Set([
        ...dependencies.flatMap(({ alias, name }) => [alias ?? name, name]),
        ...subcharts.map(({ name }) => name),
      ]),
    };
  } catch (error) {
    if (error instanceof DoubtError) {
      return NONE;
    }
    throw error;
  }
}

/**
 * Returns the folders and archives of the subcharts that Helm leaves out with these values. Helm leaves a subchart out
 * if its first condition with a value is false; without conditions, if a tag of it is false and none is true. A
 * subchart is not among them if there is a doubt.
 *
 * @param overrides - the values of the person
 * @see https://helm.sh/docs/topics/charts/#tags-and-condition-fields-in-dependencies
 */
export function turnedOff(
  { defaults, names, subcharts }: SubchartSwitches,
  overrides: JsonRecord,
): string[] {
  const values = mergeValues(defaults, overrides);
  return subcharts
    .filter(({ dependencies }) =>
      dependencies.every(one => isSurelyOff(one, values, names)),
    )
    .map(({ path }) => path);
}

function isSurelyOff(
  { conditions, tags }: Dependency,
  values: JsonRecord,
  names: ReadonlySet<string>,
): boolean {
  for (const path of conditions) {
    const value = path.every(isPlainName) ? valueAt(values, ...path) : null;
    if (typeof value === 'boolean') {
      // Helm writes the global values of the chart over those of the subchart.
      return !value && !(names.has(path[0]) && path[1] === 'global');
    }
    // The subchart may have a default of its own, and helm skips some values that are not boolean.
    if (
      value !== undefined ||
      names.has(path[0]) ||
      !isReachable(values, path)
    ) {
      return false;
    }
  }
  const table = recordAt(values, 'tags');
  const set = tags.map(tag => (isPlainName(tag) ? valueAt(table, tag) : null));
  return (
    !names.has('tags') &&
    set.every(value => value === undefined || value === false) &&
    set.includes(false)
  );
}

/** Returns whether there is nothing but tables on the way to a value that is missing. */
function isReachable(values: JsonRecord, path: string[]): boolean {
  return path.slice(0, -1).every((_, index) => {
    const table = valueAt(values, ...path.slice(0, index + 1));
    return table === undefined || isRecord(table);
  });
}

function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name) && !WORD_OF_YAML.test(name);
}

/** Returns whether Helm takes a version for one of a range, too. */
function isSurelyInRange(version: string, range: string): boolean {
  return (
    semver.valid(version) === version &&
    (version === range ||
      (PLAIN_RANGE.test(range) &&
        semver.prerelease(version) === null &&
        semver.satisfies(version, range)))
  );
}

/** @throws DoubtError */
function dependenciesIn(chart: JsonRecord): Dependency[] {
  const doubtful = Object.keys(chart).some(
    key =>
      key !== 'dependencies' &&
      key.normalize('NFKC').toLowerCase() === 'dependencies',
  );
  const given = valueAt(chart, 'dependencies') ?? [];
  if (doubtful || !Array.isArray(given)) {
    throw new DoubtError();
  }
  return given.map((one: unknown) => {
    const fields: JsonRecord = isRecord(one) ? one : {};
    const { name, version, alias, condition = '', tags = [] } = fields;
    if (
      !Object.keys(fields).every(key => DEPENDENCY_FIELDS.has(key)) ||
      !isText(name) ||
      !isText(version) ||
      !(alias === undefined || isText(alias)) ||
      typeof condition !== 'string' ||
      !Array.isArray(tags) ||
      !tags.every(isText)
    ) {
      throw new DoubtError();
    }
    return {
      ...{ name, version, tags },
      ...(alias !== undefined && { alias }),
      conditions: condition
        .trim()
        .split(',')
        .filter(path => path !== '')
        .map(path => path.split('.')),
    };
  });
}

/** @throws DoubtError */
function identityOf(
  folder: string,
  chart: JsonRecord,
): { name: string; version: string } {
  const name = textAt(chart, 'name');
  const version = textAt(chart, 'version');
  const [, file] = folder.split('/');
  const isNamed = ARCHIVE.test(file)
    ? name !== undefined && file.startsWith(name)
    : name === file;
  if (name === undefined || version === undefined || !isNamed) {
    throw new DoubtError();
  }
  return { name, version };
}

/**
 * Reads YAML that all programs read alike.
 *
 * @throws DoubtError
 */
function readPlain(file: ArchiveFile | undefined): JsonRecord {
  if (!file) {
    return {};
  }
  const { text, truncated } = file;
  if (truncated || /^\ufeff|^(---|\.\.\.)./m.test(text)) {
    throw new DoubtError();
  }
  let documents;
  try {
    assertSmallYaml(text);
    documents = parseDocuments(text, 'file');
  } catch {
    throw new DoubtError();
  }
  if (documents.length > 1) {
    throw new DoubtError();
  }
  return documents[0]?.value ?? {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
