import { useApi } from '@backstage/core-plugin-api';
import { List, ManagedNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { PolledPage, usePolledPage } from '../../../kit/query';
import { ListQuery, requestOf } from './namespacesQuery';

const INTERVAL = 15_000;
const INTERVAL_WHILE_PENDING = 3_000;

/** Follows the page of namespaces for a query; the former page stays until the new one is loaded. */
export function useNamespaces(query: ListQuery): PolledPage<ManagedNamespace> {
  const api = useApi(berthApiRef);
  const request = requestOf(query);
  return usePolledPage({
    key: ['namespaces', request],
    load: () => api.listNamespaces(request),
    every: intervalFor,
  });
}

function intervalFor(list?: List<ManagedNamespace>): number {
  return list?.items.some(({ phase }) => phase !== 'Active')
    ? INTERVAL_WHILE_PENDING
    : INTERVAL;
}
