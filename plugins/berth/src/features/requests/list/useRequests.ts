import { useCallback, useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { AccessRequest, List, RequestState } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolling } from '../../../kit/hooks';
import { ListQuery, requestOf } from './requestsQuery';

const INTERVAL = 15_000;
const INTERVAL_WHILE_MOVING = 3_000;
/** States that change without an action of a person. */
const MOVING: readonly RequestState[] = [
  'AutoApproved',
  'Approved',
  'Provisioning',
];

/** One page of requests. */
export interface RequestsList extends Polled<List<AccessRequest>> {
  /** The page that is shown, while another of the same section is on its way. */
  shown?: List<AccessRequest>;
  /** Whether another page is loading. */
  isStale: boolean;
}

/** Follows the page of requests for a query; the former page stays until the new one is loaded. */
export function useRequests(query: ListQuery): RequestsList {
  const api = useApi(berthApiRef);
  const asked = JSON.stringify(requestOf(query));
  const load = useCallback(
    () => api.listRequests(JSON.parse(asked)),
    [api, asked],
  );
  const polled = usePolling(load, intervalFor);
  const last = useRef<{ section: string; value: List<AccessRequest> }>();
  if (polled.value) {
    last.current = { section: query.section, value: polled.value };
  }
  const former =
    last.current?.section === query.section ? last.current.value : undefined;
  return {
    ...polled,
    shown: polled.value ?? former,
    isStale: !polled.value,
  };
}

/** Follows how many requests wait for the caller. */
export function useInboxCount(): Polled<number> {
  const api = useApi(berthApiRef);
  const load = useCallback(async () => {
    const { totalItems } = await api.listRequests({ scope: 'inbox', limit: 1 });
    return totalItems;
  }, [api]);
  return usePolling(load, () => INTERVAL);
}

/** Milliseconds to the next look at requests. */
export function intervalFor(list?: { items: AccessRequest[] }): number {
  return list?.items.some(({ state }) => MOVING.includes(state))
    ? INTERVAL_WHILE_MOVING
    : INTERVAL;
}
