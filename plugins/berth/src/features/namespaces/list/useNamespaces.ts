import { useCallback, useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { List, ManagedNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, keepEqual, usePolling } from '../../../kit/hooks';
import { ListQuery, requestOf } from './namespacesQuery';

const INTERVAL = 15_000;
const INTERVAL_WHILE_PENDING = 3_000;

/** One page of namespaces. */
export interface NamespacesList extends Polled<List<ManagedNamespace>> {
  /** The page that is shown, while another is on its way. */
  shown?: List<ManagedNamespace>;
  /** Whether what is shown is not yet what was asked for. */
  isStale: boolean;
}

/** Follows the page of namespaces that a query asks for; the former one stays until it is there. */
export function useNamespaces(query: ListQuery): NamespacesList {
  const api = useApi(berthApiRef);
  const asked = JSON.stringify(requestOf(query));
  const load = useCallback(
    () => api.listNamespaces(JSON.parse(asked)),
    [api, asked],
  );
  const polled = usePolling(load, intervalFor);
  const last = useRef<List<ManagedNamespace>>();
  if (polled.value) {
    last.current = keepEqual(last.current, polled.value);
  }
  return {
    ...polled,
    shown: last.current,
    isStale: !polled.value,
  };
}

function intervalFor(list?: List<ManagedNamespace>): number {
  return list?.items.some(({ phase }) => phase !== 'Active')
    ? INTERVAL_WHILE_PENDING
    : INTERVAL;
}
