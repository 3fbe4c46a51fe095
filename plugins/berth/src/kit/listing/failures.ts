import { ResourceFailure } from '@berth/plugin-berth-common';
import { ListFailure, RowListing } from './RowCollector';

/** The failures of one cluster with one cause. */
export interface FailureGroup {
  cluster: string;
  /** Empty if the whole cluster failed. */
  namespaces: string[];
  cause: ResourceFailure['cause'];
  /** Of the first failure. */
  message: string;
  /** The time of the oldest rows that are still shown. */
  rowsFrom?: number;
}

/** Groups failures by cluster and cause, in the order of the clusters' names. A cluster without the kind did not fail. */
export function groupFailures(
  failures: readonly ListFailure[],
): FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const failure of failures.filter(one => one.cause !== 'NotFound')) {
    const { cluster, namespace, cause, message, rowsFrom } = failure;
    const key = `${cluster} ${cause}`;
    const known = groups.get(key);
    groups.set(key, {
      cluster,
      namespaces: [
        ...(known?.namespaces ?? []),
        ...(namespace === undefined ? [] : [namespace]),
      ],
      cause,
      message: known?.message ?? message,
      rowsFrom: oldest(known?.rowsFrom, rowsFrom),
    });
  }
  return [...groups.values()].sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}

function oldest(a?: number, b?: number): number | undefined {
  return a === undefined || b === undefined ? a ?? b : Math.min(a, b);
}

/** Returns whether the roles of the person allow no part of a list. */
export function isRefused({ clusters, failures }: RowListing): boolean {
  const refused = failures.filter(({ cause }) => cause === 'Forbidden');
  return (
    refused.length > 0 &&
    Object.entries(clusters).every(([name, { namespaces }]) => {
      const ofCluster = refused.filter(({ cluster }) => cluster === name);
      return (
        ofCluster.some(({ namespace }) => namespace === undefined) ||
        namespaces?.every(one =>
          ofCluster.some(({ namespace }) => namespace === one),
        )
      );
    })
  );
}

/** Returns whether no cluster has the kind at all. */
export function isUnknownKind(failures: readonly ListFailure[]): boolean {
  return (
    failures.length > 0 && failures.every(({ cause }) => cause === 'NotFound')
  );
}
