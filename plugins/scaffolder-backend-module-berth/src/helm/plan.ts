import { ConflictError } from '@backstage/errors';
import {
  BerthApi,
  HelmPreview,
  HelmReleaseView,
  HelmRequest,
  toYaml,
} from '@berth/plugin-berth-common';
import { orMissing } from './orMissing';
import { HelmInstallInput } from './types';
import { chartTitle, refusalsOf, titleOf } from './words';

/** What a step has to do, after the preview. */
export type Plan =
  | { type: 'nothing'; revision: number }
  | { type: 'operation'; request: HelmRequest; preview: HelmPreview };

/**
 * Previews what the step does: an installation, an upgrade of a release that exists, or nothing, if the release has the
 * chart and the values already.
 *
 * @throws ConflictError with each refusal of the preview, and for another release of the name
 */
export async function planOf(
  berth: BerthApi,
  input: HelmInstallInput,
): Promise<Plan> {
  const { cluster, namespace, release, description, rollbackOnFailure } = input;
  const place = { cluster, namespace, release };
  const shared = {
    ...place,
    chart: input.chart,
    values: yamlOf(input.values),
    options: {
      ...(description && { description }),
      ...(rollbackOnFailure && { rollbackOnFailure }),
    },
  };
  const found = await orMissing(berth.getRelease(place));
  const request: HelmRequest = found
    ? { kind: 'upgrade', ...shared, baseRevision: revisionOf(found) }
    : { kind: 'install', ...shared };
  const preview = await berth.previewHelmOperation(request);
  if (found && hasAll(found, input, preview)) {
    return { type: 'nothing', revision: revisionOf(found) };
  }
  const refusals = refusalsOf(preview);
  if (refusals.length > 0) {
    throw new ConflictError(
      `Berth would not ${request.kind} ${titleOf(place)}: ${refusals.join(
        '; ',
      )}`,
    );
  }
  if (found && !input.upgrade) {
    throw new ConflictError(
      `${capitalized(titleOf(place))} exists: revision ${found.revision} is ${
        found.status
      }, with ${differenceOf(
        found,
        input,
        preview,
      )}. Choose another name, or set \`upgrade: true\` to let the step change the release`,
    );
  }
  return { type: 'operation', request, preview };
}

function yamlOf(values: HelmInstallInput['values']): string {
  return typeof values === 'string' ? values : toYaml(values ?? {});
}

/** @throws ConflictError for a release of which only the objects are known */
function revisionOf({ name, revision, unreadable }: HelmReleaseView): number {
  if (revision === undefined) {
    throw new ConflictError(
      `The release ${name} exists, but it cannot be changed: ${
        unreadable ?? 'only its objects are known'
      }`,
    );
  }
  return revision;
}

/** The preview compares the values, also those that nobody may read. */
function hasAll(
  found: HelmReleaseView,
  input: HelmInstallInput,
  { changes, chartDigest }: HelmPreview,
): boolean {
  return (
    found.status === 'deployed' &&
    hasChart(found, input) &&
    hasArchive(found, chartDigest) &&
    changes?.values === ''
  );
}

function hasChart(
  { chart, origin }: HelmReleaseView,
  { chart: wanted }: HelmInstallInput,
): boolean {
  return (
    chart?.name === wanted.name &&
    chart.version === wanted.version &&
    origin?.repository === wanted.repository
  );
}

/** A repository can have another archive under the same version. The release has all of the digest but its last digit. */
function hasArchive(
  { origin }: HelmReleaseView,
  chartDigest: string | undefined,
): boolean {
  return (
    origin?.digest === undefined ||
    chartDigest?.startsWith(origin.digest) === true
  );
}

function differenceOf(
  found: HelmReleaseView,
  input: HelmInstallInput,
  { chartDigest }: HelmPreview,
): string {
  if (hasChart(found, input)) {
    if (!hasArchive(found, chartDigest)) {
      return `another archive of the chart ${chartTitle(input.chart)}`;
    }
    return found.status === 'deployed' ? 'other values' : 'the same chart';
  }
  const { chart, origin } = found;
  return chart
    ? `the chart ${chartTitle({
        ...chart,
        repository: origin?.repository ?? 'an unknown repository',
      })}`
    : 'an unknown chart';
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
