import { crdFolders } from '../charts/crdFiles';
import { turnedOff } from '../charts/subcharts';
import { rightsForObjects, PlacedObject } from '../preflight/neededRights';
import { originLabels } from '../releases/origin';
import { DecodedRelease } from '../releases/types';
import { parseOverrides } from '../values/parseOverrides';
import { restoreHidden } from '../values/restoreHidden';
import { HelmRuns, InstallCommand } from '../runner/types';
import { changesPreview } from './changesPreview';
import { compareWithOriginal, valuesBehindMasks } from './originalChart';
import { emptyDraft, Plan, PreviewSubject, RequestOf } from './PreviewDraft';
import { renderChart } from './renderChart';
import { OpensCharts } from './types';

const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
};
const MAX_NAMED = 20;

const NOTHING: DecodedRelease = {
  ...{ chart: {}, packed: {}, defaults: {}, config: {} },
  ...{ manifest: '', hooks: [], summary: { flux: false } },
};

/**
 * Prepares an installation of a chart of a repository. helm renders the chart as the person.
 *
 * @throws InputError for values that cannot be read; the errors of `OpensCharts.open`
 */
export async function installPreview(
  { charts, runner }: { charts: OpensCharts; runner: HelmRuns },
  subject: PreviewSubject<RequestOf<'install'>>,
): Promise<Plan<InstallCommand>> {
  const { chart: reference, namespace, release, ...request } = subject.request;
  const { options = {} } = request;
  const overrides = restoreHidden(
    parseOverrides(request.values),
    valuesBehindMasks(subject, {}),
  );
  const chart = await charts.open(reference, subject.signal);
  const { crds: names, crdProblems } = crdFolders(
    chart.crdFiles,
    turnedOff(chart.switches, overrides),
  );
  const compared = compareWithOriginal(subject, reference, chart.digest);
  const known = {
    chartDigest: chart.digest,
    ...(compared && { sameChart: compared.sameChart }),
  };
  const refused = [
    ...(compared?.refusals ?? []),
    ...(options.skipCrds ? [] : crdProblems.slice(0, MAX_NAMED)),
  ];
  if (refused.length > 0) {
    return {
      draft: { ...emptyDraft(), ...known, refusals: refused },
      written: [],
      command: { kind: 'install', namespace, release },
      chart: reference,
      decided: refused,
    };
  }
  const rendered = await renderChart(runner, subject, {
    chart,
    overrides,
    command: {
      ...{ kind: 'install' as const, namespace, release },
      ...options,
      labels: originLabels(reference, chart.digest),
    },
  });
  const plan = {
    ...rendered.run,
    chartDigest: chart.digest,
    chart: reference,
    decided: [chart.digest, reference, rendered.run.values],
  };
  if ('refusals' in rendered) {
    const { refusals, problems } = rendered;
    const draft = {
      ...emptyDraft(),
      ...known,
      refusals,
      ...(problems && { problems }),
    };
    return { ...plan, draft, written: [] };
  }
  const crds = names.map(crdObject);
  const createsCrds = !options.skipCrds && crds.length > 0;
  const {
    rendered: digests,
    changing,
    written,
    ...draft
  } = await changesPreview(subject, {
    before: NOTHING,
    after: rendered.release,
    again: rendered.again,
    exists: false,
    // The default of Helm 4.
    method: 'ssa',
    others: {
      // Options do not change the digest.
      written: crds,
      rights: createsCrds
        ? rightsForObjects({
            ...{ created: crds, updated: [], deleted: [], hooks: [] },
            method: 'ssa',
          })
        : [],
    },
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
      warnings: [
        ...(compared?.warnings ?? []),
        ...(createsCrds ? [crdWarning(names)] : []),
        ...draft.warnings,
        ...rendered.warnings,
      ],
    },
  };
}

function crdObject(name: string): PlacedObject {
  return {
    wanted: { ...CRD, object: {}, hook: false, name },
    placed: {
      ...CRD,
      group: 'apiextensions.k8s.io',
      plural: 'customresourcedefinitions',
      name,
    },
  };
}

function crdWarning(names: string[]): string {
  const more = names.length - MAX_NAMED;
  return `Helm creates the custom resource definitions of the chart for the whole cluster, and does not change or delete them later: ${names
    .slice(0, MAX_NAMED)
    .join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  }. Leave them out if the cluster has them`;
}
