import {
  HelmChartReference,
  HelmPreview,
  sentencesForLogs,
} from '@berth/plugin-berth-common';
import { HelmInstallInput } from './types';

const MAX_NAMED = 20;

type Place = Pick<HelmInstallInput, 'cluster' | 'namespace' | 'release'>;

/** Returns the path of the page of a release in the portal. */
export function releaseUrl({ cluster, namespace, release }: Place): string {
  const [on, within, name] = [cluster, namespace, release].map(
    encodeURIComponent,
  );
  return `/berth/clusters/${on}/namespaces/${within}/releases/${name}`;
}

/** Returns the path of the page of an operation in the portal. */
export function operationUrl(place: Place, id: string): string {
  return `${releaseUrl(place)}/operations/${id}`;
}

/** Returns the subject of an installation, for logs and errors. */
export function titleOf({ cluster, namespace, release }: Place): string {
  return `the release ${release} in ${namespace} on ${cluster}`;
}

export function chartTitle(chart: HelmChartReference): string {
  return `${chart.name} ${chart.version} of ${chart.repository}`;
}

/** Describes the objects that differ. No value is part of it, because many people may read the log of a task. */
export function describeChanges({ changes }: HelmPreview): string[] {
  return (['added', 'changed', 'removed'] as const).flatMap(change => {
    const found = changes?.items.filter(item => item.change === change) ?? [];
    if (found.length === 0) {
      return [];
    }
    const named = found
      .slice(0, MAX_NAMED)
      .map(({ kind, name }) => `${kind} ${name}`);
    const more = found.length - named.length;
    return `Objects ${change}: ${named.join(', ')}${
      more > 0 ? ` and ${more} more` : ''
    }`;
  });
}

/** Returns why the preview keeps a step from going on, without words that more people must not read. */
export function refusalsOf(preview: HelmPreview): string[] {
  return [
    ...sentencesForLogs(preview).refusals,
    ...preview.conflicts.map(
      ({ object, field, manager }) =>
        `${manager} manages ${field} of ${object}, so Helm would stop there`,
    ),
  ];
}
