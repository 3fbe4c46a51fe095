import { HelmChartReference } from '@berth/plugin-berth-common';
import { digestLabel, originLabels, originOf } from '../releases/origin';
import { OpenedRevision } from '../releases/ReleaseReader';
import { DecodedRelease } from '../releases/types';
import { readChart } from '../charts/readChart';
import { defaultChanges } from '../values/defaultChanges';
import { parseOverrides } from '../values/parseOverrides';
import { restoreHidden } from '../values/restoreHidden';
import { Sentence } from '../preflight/sentences';
import { UpgradeCommand } from '../runner/types';
import { changesPreview, methodOf } from './changesPreview';
import { chartArchive, ChartArchiveError } from './chartArchive';
import { deployedRevision } from './deployedRevision';
import { compareWithOriginal, valuesBehindMasks } from './originalChart';
import { emptyDraft, Plan, ReleaseSubject, RequestOf } from './PreviewDraft';
import { renderChart, UsedChart } from './renderChart';
import { PreviewsOptions } from './types';

/**
 * Prepares an upgrade of a release, with the chart that Helm stored or with one of a repository. helm renders the chart
 * as the person.
 *
 * @throws InputError for values that cannot be read; the errors of `OpensCharts.open`
 */
export async function upgradePreview(
  { charts, historyMax, runner }: Omit<PreviewsOptions, 'digestKey'>,
  subject: ReleaseSubject<RequestOf<'upgrade'>>,
): Promise<Plan<UpgradeCommand>> {
  const { base, request } = subject;
  const { namespace, release, options = {}, chart: reference } = request;
  const { skipCrds: _, ...choices } = options;
  const command: UpgradeCommand = {
    ...{ kind: 'upgrade', namespace, release, historyMax },
    ...choices,
  };
  const refused = (...refusals: Sentence[]): Plan<UpgradeCommand> => ({
    draft: { ...emptyDraft(), refusals },
    ...{ written: [], command, decided: [refusals] },
  });

  const overrides = restoreHidden(
    parseOverrides(request.values),
    valuesBehindMasks(subject, base.release.config),
  );
  let chart: UsedChart;
  try {
    chart = reference
      ? await charts.open(reference, subject.signal)
      : await storedChart(base.release);
  } catch (error) {
    if (error instanceof ChartArchiveError) {
      return refused(error.message);
    }
    throw error;
  }
  const compared = compareWithOriginal(subject, reference, chart.digest);
  const known = {
    ...(reference && { chartDigest: chart.digest }),
    ...(compared && { sameChart: compared.sameChart }),
  };
  const refusals = [
    ...(compared?.refusals ?? []),
    ...(compared ? otherChart(base.release, reference) : []),
  ];
  if (refusals.length > 0) {
    const { draft, ...others } = refused(...refusals);
    return { ...others, draft: { ...draft, ...known } };
  }
  const rendered = await renderChart(runner, subject, {
    chart,
    overrides,
    command: {
      ...command,
      ...(reference && { labels: originLabels(reference, chart.digest) }),
    },
  });
  const plan = {
    ...rendered.run,
    chartDigest: chart.digest,
    ...(reference && {
      chart: reference,
      keepsChart: hasDigest(base, chart.digest),
    }),
    decided: [
      ...[chart.digest, reference?.repository, rendered.run.values],
      historyMax,
    ],
  };
  const defaults =
    reference && chart.defaults
      ? {
          defaults: defaultChanges(
            base.release.defaults,
            chart.defaults,
            overrides,
          ),
        }
      : {};
  if ('refusals' in rendered) {
    const { draft, ...others } = refused(...rendered.refusals);
    const { problems } = rendered;
    return {
      ...others,
      ...plan,
      draft: {
        ...draft,
        ...known,
        ...defaults,
        ...(problems && { problems }),
      },
    };
  }
  const deployed = await deployedRevision(subject);
  const {
    rendered: digests,
    changing,
    written,
    ...draft
  } = await changesPreview(subject, {
    before: deployed.release,
    after: rendered.release,
    again: rendered.again,
    exists: base.stored.status !== 'uninstalled',
    method: methodOf(base.release),
    historyMax,
  });
  return {
    ...plan,
    written,
    rendered: digests,
    changing,
    lookups: rendered.lookups,
    draft: {
      ...draft,
      ...known,
      ...defaults,
      warnings: [
        ...(compared?.warnings ?? []),
        ...chartWarnings(base.release, reference),
        ...deployed.warnings,
        ...draft.warnings,
        ...rendered.warnings,
      ],
    },
  };
}

async function storedChart(release: DecodedRelease): Promise<UsedChart> {
  const { archive, digest } = await chartArchive(release);
  const read = await readChart(archive);
  return { ...read, digest, defaults: release.defaults };
}

function hasDigest(
  { release, stored }: OpenedRevision,
  digest: string,
): boolean {
  const origin = originOf(stored.labels, release.summary.chart);
  return origin?.digest === digestLabel(digest);
}

/** A copy does not replace a release of another chart: helm would delete the objects of that one. */
function otherChart(
  { summary: { chart } }: DecodedRelease,
  reference: HelmChartReference | undefined,
): string[] {
  return reference && chart?.name !== reference.name
    ? [
        `The release there has another chart: ${
          chart?.name ?? 'unknown'
        }. Choose another name for the copy`,
      ]
    : [];
}

function chartWarnings(
  { summary: { chart } }: DecodedRelease,
  reference: HelmChartReference | undefined,
): string[] {
  return reference && chart && reference.name !== chart.name
    ? [
        `The release has the chart ${chart.name}, and would get another one: ${reference.name}. Helm deletes the objects that the new chart does not have`,
      ]
    : [];
}
