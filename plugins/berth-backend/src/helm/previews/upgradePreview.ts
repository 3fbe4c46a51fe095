import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isError } from '@backstage/errors';
import { scanJson } from '@berth/plugin-berth-node';
import { isRecord } from '../../resources/values';
import { JsonRecord } from '../../resources/objects/json';
import { contentOf } from '../releases/decodeRelease';
import { CopyMask } from '../releases/mask';
import { maskValues } from '../releases/maskValues';
import { DecodedRelease } from '../releases/types';
import { problemOfValues } from '../releases/values';
import { secretsOf } from '../releases/view';
import { checkSchema } from '../values/checkSchema';
import { mergeValues } from '../values/mergeValues';
import { parseOverrides } from '../values/parseOverrides';
import { remoteReferences } from '../values/remoteSchemas';
import { restoreHidden } from '../values/restoreHidden';
import { changesPreview } from './changesPreview';
import {
  ChartArchive,
  chartArchive,
  ChartArchiveError,
  yamlOf,
} from './chartArchive';
import { whyNotRendered } from './helmWords';
import { emptyDraft, Plan, PreviewSubject, RequestOf } from './PreviewDraft';
import { deployedRevision } from './deployedRevision';
import { HelmRuns, UpgradeCommand } from '../runner/types';

const TIMEOUT_MS = 50_000;
/** Kubernetes stores no larger Secret. */
const MAX_STORED = 1_048_576;

/**
 * Prepares an upgrade of the values of a release, with the chart that Helm stored. helm renders the chart as the person.
 *
 * @throws InputError for values that cannot be read
 */
export async function upgradePreview(
  runner: HelmRuns,
  subject: PreviewSubject<RequestOf<'upgrade'>>,
): Promise<Plan<UpgradeCommand>> {
  const { base, request, signal } = subject;
  const { namespace, release, options = {} } = request;
  const command: UpgradeCommand = {
    ...{ kind: 'upgrade', namespace, release },
    ...options,
  };
  const refused = (...refusals: string[]): Plan<UpgradeCommand> => ({
    draft: { ...emptyDraft(), refusals },
    ...{ written: [], command, decided: [refusals] },
  });

  const overrides = restoreHidden(
    parseOverrides(request.values),
    base.release.config,
  );
  let chart: ChartArchive;
  try {
    chart = await chartArchive(base.release);
  } catch (error) {
    if (error instanceof ChartArchiveError) {
      return refused(error.message);
    }
    throw error;
  }
  const remote = remoteReferences(chart.schema);
  const problems =
    chart.schema === undefined || remote.length > 0
      ? []
      : await checkSchema(
          chart.schema,
          mergeValues(base.release.defaults, overrides),
          signal,
        );
  if (problems && problems.length > 0) {
    return refused(
      ...problems.map(({ path, message }) =>
        path === '' ? `values: ${message}` : `values: ${path} ${message}`,
      ),
    );
  }
  const run = {
    command: {
      ...command,
      ...(remote.length > 0 && { skipSchemaValidation: true }),
    },
    archive: chart.archive,
    values: yamlOf(overrides).toString('utf8'),
  };
  const plan = { ...run, decided: [chart.digest, run.values] };
  const rendered = await render(runner, subject, run, overrides);
  if ('refusals' in rendered) {
    return { ...refused(...rendered.refusals), ...plan };
  }
  const deployed = await deployedRevision(subject);
  const { written, ...draft } = await changesPreview(subject, {
    before: deployed.release,
    after: rendered.release,
    exists: base.stored.status !== 'uninstalled',
  });
  return {
    ...plan,
    written,
    draft: {
      ...draft,
      warnings: [
        ...remote.map(
          url =>
            `The schema of the chart refers to ${url}, which was not fetched: neither Berth nor helm checks the values by the schema`,
        ),
        ...deployed.warnings,
        ...draft.warnings,
        ...rendered.warnings,
      ],
    },
  };
}

async function render(
  runner: HelmRuns,
  { base, caller, signal }: PreviewSubject,
  { archive, command, values }: Pick<Plan, 'archive' | 'command' | 'values'>,
  overrides: JsonRecord,
): Promise<
  { refusals: string[] } | { release: DecodedRelease; warnings: string[] }
> {
  const { cluster, token } = caller;
  const result = await runner.run({
    ...{ cluster, token, signal, command, values },
    chart: archive,
    mode: 'preview',
    timeoutMs: TIMEOUT_MS,
  });
  signal.throwIfAborted();
  const copies = new CopyMask([
    ...secretsOf(base.release, []),
    ...maskValues(overrides).secrets,
  ]);
  const refusals = whyNotRendered(result, cluster.name, copies);
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
  return {
    release: contentOf(release, base.stored.labels),
    warnings: [
      ...result.fetched.map(
        url => `The chart asked for ${url}, which was not fetched`,
      ),
      ...readWarnings(base.stored.namespace, result.secretsRead),
    ],
  };
}

/** A chart reads with the rights of the person, and can write what it read where others see it. */
function readWarnings(namespace: string, read: string[] = []): string[] {
  return read.length === 0
    ? []
    : [
        `The chart read Secrets outside ${namespace}: ${read.join(
          ', ',
        )}. Check that the changes do not show them to others`,
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
