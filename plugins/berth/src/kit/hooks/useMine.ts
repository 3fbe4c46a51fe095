import { useApi } from '@backstage/core-plugin-api';
import {
  Cluster,
  List,
  ManagedNamespace,
  BerthApi,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolled } from '../query';
import { useClusters } from './useClusters';

const INTERVAL = 15_000;
const INTERVAL_WHILE_PENDING = 3_000;
/** The most items that the API returns in one answer. */
const PAGE = 500;
/** The pages to load. Their namespaces are more than a person works in; the page shows how many are left out. */
const MAX_PAGES = 4;

/** The namespaces of the caller's groups, and the clusters that the caller can see; each may fail without the other. */
export interface Mine {
  namespaces: Polled<List<ManagedNamespace>>;
  clusters: Polled<List<Cluster>>;
}

/** Polls the namespaces and clusters of the caller. */
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
  const query = { mine: true, limit: PAGE };
  let page = await api.listNamespaces(query);
  const items = [...page.items];
  for (let count = 1; page.next && count < MAX_PAGES; count++) {
    page = await api.listNamespaces({ ...query, cursor: page.next });
    items.push(...page.items);
  }
  return { items, totalItems: page.next ? page.totalItems : items.length };
}

function intervalFor(list?: List<ManagedNamespace>): number {
  return list?.items.some(({ phase }) => phase === 'Pending')
    ? INTERVAL_WHILE_PENDING
    : INTERVAL;
}
