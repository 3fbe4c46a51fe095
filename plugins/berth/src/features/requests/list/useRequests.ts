import { useApi } from '@backstage/core-plugin-api';
import { AccessRequest, RequestState } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  Polled,
  PolledPage,
  usePolled,
  usePolledPage,
} from '../../../kit/query';
import { ListQuery, requestOf } from './requestsQuery';

const INTERVAL = 15_000;
const INTERVAL_WHILE_MOVING = 3_000;
/** States that change without a person's action. */
const MOVING: readonly RequestState[] = [
  'AutoApproved',
  'Approved',
  'Provisioning',
];

/** Polls the page of requests for a query; the former page of the section stays until the new one is loaded. */
export function useRequests(query: ListQuery): PolledPage<AccessRequest> {
  const api = useApi(berthApiRef);
  const request = requestOf(query);
  return usePolledPage(
    {
      key: ['requests', request],
      load: () => api.listRequests(request),
      every: intervalFor,
    },
    query.section,
  );
}

/** Polls the number of requests that wait for the caller. */
export function useInboxCount(): Polled<number> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['requests', 'inboxCount'],
    load: async () =>
      (await api.listRequests({ scope: 'inbox', limit: 1 })).totalItems,
    every: INTERVAL,
  });
}

/** Returns the milliseconds until the next poll of requests. */
export function intervalFor(list?: { items: AccessRequest[] }): number {
  return list?.items.some(({ state }) => MOVING.includes(state))
    ? INTERVAL_WHILE_MOVING
    : INTERVAL;
}
