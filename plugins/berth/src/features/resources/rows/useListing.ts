import { useCallback, useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  BerthApi,
  ResourceFailure,
  ResourceListLine,
  ResourceListQuery,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Fetch, Polled, usePolled } from '../../../kit/query';
import { KindAddress, kindText, KnownKind } from '../kinds';
import { ListCollector, Listing } from './collect';
import { nodeLines } from './nodeLines';
import { Refusals, refusalsOf, withoutRefused } from './refusals';

/** The first part of the key of every list. */
export const RESOURCES_KEY = 'resources';

const NODES: KnownKind = 'core/nodes';
const INTERVAL = 20_000;
/** How many times longer than the list itself the pause after it is at least. */
const PAUSE_FACTOR = 10;
/** The least milliseconds between two pictures of a list that arrives. */
const PACE = 250;
/** Milliseconds for each row: pictures of many rows would delay the rows themselves. */
const PACE_PER_ROW = 0.04;

/** A list of objects that is kept up to date. */
export interface PolledListing extends Polled<Listing> {
  /** The list to show: the former one of the kind, until another has rows. */
  shown?: Listing;
  /** Whether a list other than `shown` is loading. */
  isStale: boolean;
  /** Fetches the next rows of clusters that have more. */
  loadMore: () => Promise<void>;
}

/**
 * Lists the objects of a kind over clusters and namespaces, again while the page is visible. Rows appear as the
 * clusters answer. What a cluster refuses is asked again only when a person refreshes: each refusal is an entry in the
 * audit log of the cluster.
 */
export function useListing(
  kind: KindAddress,
  query: ResourceListQuery,
): PolledListing {
  const api = useApi(berthApiRef);
  const name = kindText(kind);
  const refused = useRef(new Map<string, Map<string, ResourceFailure>>());
  const pages = useRef({ key: '', number: 1 });
  const key = [RESOURCES_KEY, name, query];
  const written = JSON.stringify(key);
  if (pages.current.key !== written) {
    pages.current = { key: written, number: 1 };
  }
  const polled = usePolled<Listing>({
    key,
    load: async fetch => {
      const refusals = refused.current.get(name) ?? new Map();
      const listing = await collect(api, {
        kind,
        query,
        refusals,
        pages: pages.current.number,
        fetch,
      });
      refused.current.set(
        name,
        new Map([...refusals, ...refusalsOf(listing.failures)]),
      );
      return listing;
    },
    every: listing => Math.max(INTERVAL, PAUSE_FACTOR * (listing?.took ?? 0)),
    keepsParts: true,
    ignoresChanges: true,
  });
  const { value, refresh: fetchAgain } = polled;
  const last = useRef<{ name: string; listing: Listing }>();
  if (last.current?.name !== name) {
    last.current = undefined;
  }
  if (value && (value.isComplete || value.rows.length > 0 || !last.current)) {
    last.current = { name, listing: value };
  }
  const refresh = useCallback(() => {
    refused.current.delete(name);
    return fetchAgain();
  }, [name, fetchAgain]);
  const loadMore = useCallback(() => {
    pages.current.number += 1;
    return fetchAgain();
  }, [fetchAgain]);
  const shown = last.current?.listing;
  return {
    ...polled,
    refresh,
    loadMore,
    shown,
    isStale: shown !== undefined && shown !== value,
  };
}

async function collect(
  api: BerthApi,
  options: {
    kind: KindAddress;
    query: ResourceListQuery;
    refusals: Refusals;
    /** How many pages of rows to fetch from each cluster. */
    pages: number;
    fetch: Fetch<Listing>;
  },
): Promise<Listing> {
  const { kind, query, refusals, pages, fetch } = options;
  const { signal, previous, publish } = fetch;
  const collector = new ListCollector(previous);
  // Later lists replace the former one as a whole, so that no row goes and comes back.
  const isFirst = !previous?.isComplete;
  const picture = paced(
    () => publish(collector.listing(false)),
    () => Math.max(PACE, collector.size * PACE_PER_ROW),
  );
  const add = async (asked: ResourceListQuery) => {
    for await (const line of linesOf(api, kind, asked, signal)) {
      collector.add(line);
      if (isFirst) {
        picture.draw();
      }
    }
  };
  try {
    const asked = withoutRefused(query, previous, refusals);
    collector.remember(previous, refusals);
    if (asked) {
      await add(asked);
    }
    for (let page = 1; page < pages; page += 1) {
      for (const [cluster, cursor] of collector.cursors()) {
        await add({ ...query, cluster: [cluster], cursor });
      }
    }
  } finally {
    picture.stop();
  }
  return collector.listing(true);
}

/** Returns the lines of a list. Nodes say more than their table; their own route has no label selector. */
function linesOf(
  api: BerthApi,
  kind: KindAddress,
  query: ResourceListQuery,
  signal: AbortSignal,
): AsyncIterable<ResourceListLine> {
  const { cluster, labelSelector } = query;
  return kindText(kind) === NODES && labelSelector === undefined
    ? nodeLines(api.listNodes(cluster ? { cluster } : {}, { signal }))
    : api.listResources(kind, query, { signal });
}

/** Runs a function at once, and then at most once in each interval, also after the last call. */
function paced(
  run: () => void,
  interval: () => number,
): { draw: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ranAt = 0;
  return {
    draw: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        ranAt = Date.now();
        run();
      }, Math.max(0, ranAt + interval() - Date.now()));
    },
    stop: () => clearTimeout(timer),
  };
}
