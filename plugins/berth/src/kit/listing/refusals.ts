import { ResourceFailure } from '@berth/plugin-berth-common';
import { partOf, RowListing } from './RowCollector';

/** The part of a query that chooses clusters and namespaces. */
interface PlaceQuery {
  cluster?: string | readonly string[];
  namespace?: string | readonly string[];
}

/** The parts of a list that clusters refused, by `partOf`. */
export type Refusals = ReadonlyMap<string, ResourceFailure>;

/** Records what the clusters refuse, which is not asked again on its own. */
export function refusalsOf(
  failures: readonly ResourceFailure[],
): [string, ResourceFailure][] {
  return failures
    .filter(({ cause }) => cause === 'Forbidden')
    .map(failure => [partOf(failure.cluster, failure.namespace), failure]);
}

/** Narrows a query to what the clusters did not refuse; undefined if nothing is left to ask. */
export function withoutRefused<Query extends PlaceQuery>(
  query: Query,
  previous: RowListing | undefined,
  refusals: Refusals,
): Query | undefined {
  if (!previous || refusals.size === 0) {
    return query;
  }
  const names = Object.keys(previous.clusters);
  const isRefused = (cluster: string, namespace?: string) =>
    refusals.has(partOf(cluster, namespace));
  const openIn = (cluster: string) =>
    previous.clusters[cluster].namespaces?.filter(
      namespace => !isRefused(cluster, namespace),
    );
  const left = names.filter(
    name => !isRefused(name) && openIn(name)?.length !== 0,
  );
  if (names.length > 0 && left.length === 0) {
    return undefined;
  }
  const open = left.map(openIn);
  const isNarrower = left.some(
    name => openIn(name)?.length !== previous.clusters[name].namespaces?.length,
  );
  // A cluster that is listed as a whole would be asked for these namespaces only.
  const namespaces =
    isNarrower && open.every(one => one !== undefined)
      ? [...new Set(open.flat() as string[])]
      : undefined;
  return {
    ...query,
    ...(left.length < names.length && { cluster: left }),
    ...(namespaces && { namespace: namespaces }),
  };
}
