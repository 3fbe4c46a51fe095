import { isError } from '@backstage/errors';
import { JsonRecord, textAt } from '../../resources/objects/json';
import { parseDocuments } from '../../resources/objects/parseDocuments';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { assertSmallYaml } from '../releases/manifest';
import { problemOfValues } from '../releases/values';
import { ArchiveFile, readArchive } from './archive';
import { ChartError } from './ChartError';
import { CrdFile, readCrdFiles } from './crdFiles';
import { readSwitches, SubchartSwitches } from './subcharts';

const CHART = 'Chart.yaml';
const VALUES = 'values.yaml';
const REQUIREMENTS = 'requirements.yaml';
const SCHEMA = 'values.schema.json';
/** Files of the chart and of its subcharts. Helm finds a subchart in any folder below `charts`. */
const READ = /(^|\/)values\.schema\.json$|(^|\/)crds\/.|(^|\/)Chart\.yaml$/;
const IS_SCHEMA = /(^|\/)values\.schema\.json$/;

/** What the portal reads of a chart before helm gets it. */
export interface ReadChart {
  /** The one folder of the archive. */
  root: string;
  name: string;
  version: string;
  /** The values of the chart itself; absent if they are too large to read. */
  defaults?: JsonRecord;
  /** The schema of the values of the chart itself. */
  schema?: unknown;
  /** The schemas of the chart and of all its subcharts. */
  schemas: unknown[];
  /** Of the chart and of all its subcharts. */
  crdFiles: CrdFile[];
  switches: SubchartSwitches;
  hasSubcharts: boolean;
  /** For helm: the files that were read, packed again (.tgz). */
  archive: Buffer;
}

/**
 * Reads the archive of a chart in memory.
 *
 * @throws ChartError naming the file and the rule
 */
export async function readChart(archive: Buffer): Promise<ReadChart> {
  const { root, files, matching, hasSubcharts, packed } = await readArchive(
    archive,
    { paths: [CHART, VALUES, REQUIREMENTS], pattern: READ, packs: true },
  );
  const chart = yamlIn(CHART, files.get(CHART));
  const schemas = matching
    .filter(({ path }) => IS_SCHEMA.test(path))
    .map(({ path, file }) => ({ path, schema: schemaIn(path, file) }));
  const own = schemas.find(({ path }) => path === SCHEMA);
  const defaults = defaultsIn(files.get(VALUES));
  return {
    root,
    name: textAt(chart, 'name') ?? '',
    version: textAt(chart, 'version') ?? '',
    ...(defaults && { defaults }),
    ...(own && { schema: own.schema }),
    schemas: schemas.map(({ schema }) => schema),
    crdFiles: readCrdFiles(matching),
    switches: readSwitches(files, matching),
    hasSubcharts,
    archive: packed,
  };
}

/** helm would fetch what a schema refers to, so a schema that the portal cannot read is refused. */
function schemaIn(path: string, { text, truncated }: ArchiveFile): unknown {
  if (truncated) {
    throw new ChartError(
      `The schema ${quoteUntrusted(path)} of the chart is too large`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ChartError(
      `The schema ${quoteUntrusted(path)} of the chart is not JSON`,
    );
  }
}

function defaultsIn(file: ArchiveFile | undefined): JsonRecord | undefined {
  try {
    const defaults = file ? yamlIn(VALUES, file) : {};
    return problemOfValues(defaults) === undefined ? defaults : undefined;
  } catch (error) {
    if (!isError(error)) {
      throw error;
    }
    return undefined;
  }
}

/** @throws ChartError */
function yamlIn(name: string, file: ArchiveFile | undefined): JsonRecord {
  if (!file || file.truncated) {
    throw new ChartError(
      `The archive of the chart has ${
        file ? `a ${name} that is too large` : `no ${name}`
      }`,
    );
  }
  try {
    assertSmallYaml(file.text);
    const [document] = parseDocuments(file.text, name, { lastKeyWins: true });
    return document?.value ?? {};
  } catch (error) {
    throw new ChartError(
      `${name} of the chart cannot be read: ${
        isError(error) ? error.message : 'it is not YAML'
      }`,
    );
  }
}
