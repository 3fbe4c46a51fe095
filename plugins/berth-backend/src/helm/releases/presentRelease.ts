import { HelmRelease } from '@berth/plugin-berth-common';
import { originOf } from './origin';
import { ReleaseSummary, StoredRevision } from './types';

/** Returns a release as lists show it. Without a summary, its chart is not known yet. */
export function presentRelease(
  cluster: string,
  stored: StoredRevision,
  summary?: ReleaseSummary,
): HelmRelease {
  const { source, namespace, name, revision, status, labels } = stored;
  const origin = originOf(labels, summary?.chart);
  const updatedAt = summary?.updatedAt ?? stored.updatedAt;
  return {
    ...{ cluster, namespace, name, source, revision, status },
    ...(updatedAt !== undefined && { updatedAt }),
    ...(summary?.description !== undefined && {
      description: summary.description,
    }),
    ...(summary?.chart && { chart: summary.chart }),
    ...(summary?.flux && { managedBy: 'Flux' as const }),
    ...(origin && { origin }),
    labels,
    ...(summary?.problem !== undefined && { problem: summary.problem }),
  };
}
