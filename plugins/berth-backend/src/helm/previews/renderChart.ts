import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isError } from '@backstage/errors';
import { scanJson } from '@berth/plugin-berth-node';
import { isRecord } from '../../resources/values';
import { JsonRecord } from '../../resources/objects/json';
import { ReadChart } from '../charts/readChart';
import { contentOf } from '../releases/decodeRelease';
import { MAX_HOOKS } from '../releases/manifest';
import { CopyMask } from '../releases/mask';
import { maskValues } from '../releases/maskValues';
import { DecodedRelease } from '../releases/types';
import { problemOfValues } from '../releases/values';
import { secretsOf } from '../releases/view';
import { QuotingSentence, Sentence } from '../preflight/sentences';
import {
  HelmRuns,
  InstallCommand,
  SecretRead,
  UpgradeCommand,
} from '../runner/types';
import { checkSchema, ValueProblem } from '../values/checkSchema';
import { mergeValues } from '../values/mergeValues';
import { remoteReferences } from '../values/remoteSchemas';
import { yamlOf } from './chartArchive';
import { whyNotRendered } from './helmWords';
import { hasUnknownParts, untilNextSecond } from './otherRendering';
import { PreviewSubject } from './PreviewDraft';

const TIMEOUT_MS = 50_000;
/** Kubernetes stores no larger Secret. */
const MAX_STORED = 1_048_576;

/** A chart for helm, of a repository or of a stored release. */
export interface UsedChart
  extends Pick<ReadChart, 'defaults' | 'schema' | 'schemas' | 'hasSubcharts'> {
  /** The packed chart (.tgz). */
  archive: Buffer;
  digest: string;
}

/** What helm shall run. */
export interface ChartRun<Command> {
  command: Command;
  archive: Buffer;
  /** As YAML. */
  values: string;
}

/** What helm made of a chart, or why it did not. */
export type Rendering<Command> = { run: ChartRun<Command> } & (
  | { refusals: Sentence[]; problems?: ValueProblem[] }
  | (Rendered & {
      /**
       * Renders the chart a second time, if it may have made a part of these names.
       *
       * @returns undefined if it cannot have, or if helm did not render the chart
       */
      again(names: string[]): Promise<DecodedRelease | undefined>;
    })
);

interface Rendered {
  release: DecodedRelease;
  warnings: Sentence[];
  /** The Secrets that the chart read. */
  lookups: SecretRead[];
}

/**
 * Renders a chart as the person, after its schemas were checked.
 *
 * @param overrides - the values of the person, in which nothing is hidden
 */
export async function renderChart<
  Command extends InstallCommand | UpgradeCommand,
>(
  runner: HelmRuns,
  subject: PreviewSubject,
  {
    chart,
    command,
    overrides,
  }: { chart: UsedChart; command: Command; overrides: JsonRecord },
): Promise<Rendering<Command>> {
  const remote = [...new Set(chart.schemas.flatMap(remoteReferences))];
  const run: ChartRun<Command> = {
    command: {
      ...command,
      ...(remote.length > 0 && { skipSchemaValidation: true }),
    },
    archive: chart.archive,
    values: yamlOf(overrides).toString('utf8'),
  };
  const problems =
    remote.length > 0 ? [] : await problemsOf(chart, overrides, subject.signal);
  if (problems.length > 0) {
    return {
      run,
      problems,
      refusals: problems.map(({ path, message }) =>
        path === '' ? `values: ${message}` : `values: ${path} ${message}`,
      ),
    };
  }
  const rendered = await render(runner, subject, run, overrides);
  return 'refusals' in rendered
    ? { run, ...rendered }
    : {
        run,
        ...rendered,
        again: async names => {
          const { request, signal } = subject;
          const given = [run.values, request.namespace, request.release];
          if (!(await hasUnknownParts(names, run.archive, given))) {
            return undefined;
          }
          await untilNextSecond(signal);
          const other = await render(runner, subject, run, overrides);
          return 'refusals' in other ? undefined : other.release;
        },
        warnings: [
          ...remote.map(
            url =>
              `The schema of the chart refers to ${url}, which was not fetched: neither Berth nor helm checks the values by the schema`,
          ),
          ...rendered.warnings,
        ],
      };
}

/** The values of subcharts have defaults that only helm knows, so helm alone checks the values of a chart with subcharts. */
async function problemsOf(
  { schema, defaults, hasSubcharts }: UsedChart,
  overrides: JsonRecord,
  signal: AbortSignal,
): Promise<ValueProblem[]> {
  if (schema === undefined || !defaults || hasSubcharts) {
    return [];
  }
  const problems = await checkSchema(
    schema,
    mergeValues(defaults, overrides),
    signal,
  );
  return problems ?? [];
}

async function render<Command extends InstallCommand | UpgradeCommand>(
  runner: HelmRuns,
  { base, caller, request, signal }: PreviewSubject,
  { archive, command, values }: ChartRun<Command>,
  overrides: JsonRecord,
): Promise<{ refusals: Sentence[] } | Rendered> {
  const { cluster, person, token } = caller;
  const result = await runner.run({
    ...{ cluster, person, token, signal, command, values },
    chart: archive,
    mode: 'preview',
    timeoutMs: TIMEOUT_MS,
  });
  signal.throwIfAborted();
  const copies = new CopyMask([
    ...(base ? secretsOf(base.release, []) : []),
    ...maskValues(overrides).secrets,
  ]);
  const refusals = whyNotRendered(result, command.kind, cluster.name, copies);
  if (refusals.length > 0) {
    return { refusals };
  }
  const release = releaseIn(result.stdout);
  if (typeof release === 'string') {
    return { refusals: [release] };
  }
  const stored = await promisify(gzip)(JSON.stringify(release), { level: 9 });
  if (Math.ceil(stored.length / 3) * 4 > MAX_STORED) {
    return {
      refusals: [
        `The release would be larger than a Secret of Kubernetes may be (${MAX_STORED} bytes), so Helm could not store it`,
      ],
    };
  }
  const content = contentOf(release, base?.stored.labels ?? {});
  if (content.hooks.length > MAX_HOOKS) {
    return {
      refusals: [
        `The chart has ${content.hooks.length} hooks, and Berth installs a chart with at most ${MAX_HOOKS}`,
      ],
    };
  }
  return {
    release: content,
    lookups: result.lookups ?? [],
    warnings: [
      ...result.fetched.map(
        (url): QuotingSentence => ({
          text: `The chart asked for ${url}, which was not fetched`,
          forLogs: 'The chart asked for an address, which was not fetched',
        }),
      ),
      ...readWarnings(request.namespace, result.secretsRead),
    ],
  };
}

/** A chart reads with the rights of the person, and can write what it read where others see it. */
function readWarnings(
  namespace: string,
  read: string[] = [],
): QuotingSentence[] {
  const found = `The chart read Secrets outside ${namespace}`;
  const check = 'Check that the changes do not show them to others';
  return read.length === 0
    ? []
    : [
        {
          text: `${found}: ${read.join(', ')}. ${check}`,
          forLogs: `${found}. ${check}`,
        },
      ];
}

/** Returns the release that helm printed, or why it cannot be read. */
function releaseIn(stdout: string): JsonRecord | string {
  try {
    scanJson(Buffer.from(stdout), '');
    const release: unknown = JSON.parse(stdout);
    if (isRecord(release) && isRecord(release.chart)) {
      const problem = problemOfValues(release.chart as JsonRecord);
      return problem === undefined ? release : `helm printed: ${problem}`;
    }
  } catch (error) {
    if (!isError(error)) {
      throw error;
    }
  }
  return 'helm did not print a release that Berth can read';
}
