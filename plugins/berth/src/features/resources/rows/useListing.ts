import { useApi } from '@backstage/core-plugin-api';
import {
  BerthApi,
  ResourceListLine,
  ResourceListQuery,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  collectLines,
  ListLoad,
  StreamedList,
  useStreamedList,
  withoutRefused,
} from '../../../kit/listing';
import { KindAddress, kindText, KnownKind } from '../kinds';
import { ListCollector, Listing } from './collect';
import { nodeLines } from './nodeLines';

/** The first part of the key of every list. */
export const RESOURCES_KEY = 'resources';

const NODES: KnownKind = 'core/nodes';

/** A list of objects that is kept up to date. */
export type PolledListing = StreamedList<Listing>;

/** Lists the objects of a kind over clusters and namespaces, again while the page is visible. */
export function useListing(
  kind: KindAddress,
  query: ResourceListQuery,
): PolledListing {
  const api = useApi(berthApiRef);
  const name = kindText(kind);
  return useStreamedList<Listing>({
    key: [RESOURCES_KEY, name, query],
    section: name,
    load: options => collect(api, kind, query, options),
  });
}

async function collect(
  api: BerthApi,
  kind: KindAddress,
  query: ResourceListQuery,
  { fetch, refusals, pages }: ListLoad<Listing>,
): Promise<Listing> {
  const { signal, previous } = fetch;
  const collector = new ListCollector(previous);
  return collectLines(collector, fetch, async onLine => {
    const add = async (asked: ResourceListQuery) => {
      for await (const line of linesOf(api, kind, asked, signal)) {
        collector.add(line);
        onLine();
      }
    };
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
  });
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
