import { ResourceFailure } from '@berth/plugin-berth-common';
import { partOf, RowListing } from './RowCollector';

/** The part of a query that chooses clusters and namespaces. */
interface PlaceQuery {
  cluster?: string | readonly string[];
  namespace?: string | readonly string[];
}

/** The parts of a list that clusters refused, by `partOf`. */
export type Refusals = ReadonlyMap<string, ResourceFailure>;

/** How long a cluster is not asked again. A role that an admin of the cluster gives has its effect then. */
const LIFETIME = 5 * 60_000;

/** Remembers what the clusters refuse. */
export class KnownRefusals {
  readonly #since = new Map<string, { failure: ResourceFailure; at: number }>();

  /** Returns what is not asked again for now. */
  current(): Refusals {
    const oldest = Date.now() - LIFETIME;
    return new Map(
      [...this.#since]
        .filter(([, { at }]) => at > oldest)
        .map(([part, { failure }]) => [part, failure]),
    );
  }

  /** Adds the refusals among failures. Those that are known, and repeated from an earlier list, keep their time. */
  add(failures: readonly ResourceFailure[]): void {
    const known = this.current();
    for (const failure of failures) {
      const part = partOf(failure.cluster, failure.namespace);
      if (failure.cause === 'Forbidden' && !known.has(part)) {
        this.#since.set(part, { failure, at: Date.now() });
      }
    }
  }
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
