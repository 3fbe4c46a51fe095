import {
  BerthApi,
  ResourceListLine,
  ResourceListQuery,
} from '@berth/plugin-berth-common';
import { collectLines, ListLoad, withoutRefused } from '../../../kit/listing';
import { KindAddress, kindText, KnownKind } from '../kinds';
import { ListCollector, Listing } from './collect';
import { nodeLines } from './nodeLines';

const NODES: KnownKind = 'core/nodes';

/** Lists the objects of a kind once, and shows the rows as they come. */
export async function loadListing(
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
