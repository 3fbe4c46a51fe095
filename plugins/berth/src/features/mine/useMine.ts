import { useApi } from '@backstage/core-plugin-api';
import {
  Cluster,
  List,
  ManagedNamespace,
  BerthApi,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { useClusters } from '../../kit/hooks';
import { Polled, usePolled } from '../../kit/query';

const INTERVAL = 15_000;
const INTERVAL_WHILE_PENDING = 3_000;
/** The most that one answer holds. */
const PAGE = 500;
/** More namespaces than anybody works in; the rest is said to be left out. */
const MAX_PAGES = 4;

/** What the caller's groups hold, and the clusters that they can see; each may fail without the other. */
export interface Mine {
  namespaces: Polled<List<ManagedNamespace>>;
  clusters: Polled<List<Cluster>>;
}

/** Follows what the caller's groups hold. */
export function useMine(): Mine {
  const berthApi = useApi(berthApiRef);
  return {
    namespaces: usePolled({
      key: ['namespaces', 'mine'],
      load: () => loadAll(berthApi),
      every: intervalFor,
    }),
    clusters: useClusters(),
  };
}

async function loadAll(api: BerthApi): Promise<List<ManagedNamespace>> {
  const items: ManagedNamespace[] = [];
  for (let page = 0; page < MAX_PAGES; page++) {
    const list = await api.listNamespaces({
      mine: true,
      limit: PAGE,
      offset: page * PAGE,
    });
    items.push(...list.items);
    if (items.length >= list.totalItems || list.items.length === 0) {
      return { items, totalItems: items.length };
    }
  }
  const { totalItems } = await api.listNamespaces({ mine: true, limit: 1 });
  return { items, totalItems };
}

function intervalFor(list?: List<ManagedNamespace>): number {
  return list?.items.some(({ phase }) => phase === 'Pending')
    ? INTERVAL_WHILE_PENDING
    : INTERVAL;
}
