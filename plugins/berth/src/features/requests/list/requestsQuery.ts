import {
  AccessRequest,
  CountedPage,
  RequestKind,
  RequestQuery,
  RequestState,
} from '@berth/plugin-berth-common';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatPaging,
  pageRequestOf,
  Paging,
  parsePaging,
} from '../../../kit/list';
import { berthApiRef } from '../../../api';
import {
  Polled,
  PolledPage,
  usePolled,
  usePolledPage,
} from '../../../kit/query';

export const SECTIONS = ['mine', 'inbox', 'all'] as const;

/** The requests to show: the caller's own, those that wait for the caller, or all. */
export type Section = (typeof SECTIONS)[number];

export const STATES = [
  'Draft',
  'Submitted',
  'AutoApproved',
  'Approved',
  'Denied',
  'Withdrawn',
  'Provisioning',
  'Ready',
  'Failed',
] as const satisfies readonly RequestState[];

/** The states in which a decider or the backend still has to act. */
export const OPEN_STATES = [
  'Submitted',
  'AutoApproved',
  'Approved',
  'Provisioning',
] as const satisfies readonly RequestState[];

export const KINDS = [
  'namespace',
  'quota',
  'grant',
] as const satisfies readonly RequestKind[];

/** The filters, order and page of the requests; empty strings match all. */
export interface ListQuery extends Paging {
  section: Section;
  state: RequestState | 'open' | '';
  kind: RequestKind | '';
  cluster: string;
}

export const NO_FILTERS = { state: '', kind: '', cluster: '' } as const;

/** Reads a query from the URL; ignores invalid values. */
export function parseListQuery(parameters: URLSearchParams): ListQuery {
  const state = parameters.get('state');
  return {
    section: SECTIONS.find(one => one === parameters.get('section')) ?? 'mine',
    state: state === 'open' ? state : STATES.find(one => one === state) ?? '',
    kind: KINDS.find(one => one === parameters.get('kind')) ?? '',
    cluster: parameters.get('cluster') ?? '',
    ...parsePaging(parameters),
  };
}

/** Writes a query for the URL, without default values. */
export function formatListQuery(query: ListQuery): URLSearchParams {
  const { section, state, kind, cluster } = query;
  return new URLSearchParams({
    ...(section !== 'mine' && { section }),
    ...(state && { state }),
    ...(kind && { kind }),
    ...(cluster && { cluster }),
    ...formatPaging(query),
  });
}

/** Converts a query to the backend's. */
export function requestOf(query: ListQuery): RequestQuery {
  const { section, state, kind, cluster } = query;
  return {
    scope: section,
    ...(state && { state: state === 'open' ? [...OPEN_STATES] : state }),
    ...(kind && { kind }),
    ...(cluster && { cluster }),
    ...pageRequestOf(query),
  };
}

/** Returns whether a filter is set. */
export function isFiltered({ state, kind, cluster }: ListQuery): boolean {
  return Boolean(state || kind || cluster);
}

const INTERVAL = 15_000;
const INTERVAL_WHILE_MOVING = 3_000;
/** States that change without a person's action. */
const MOVING: readonly RequestState[] = [
  'AutoApproved',
  'Approved',
  'Provisioning',
];

/** Polls the page of requests for a query; the former page of the section stays until the new one is loaded. */
export function useRequests(
  query: ListQuery,
): PolledPage<CountedPage<AccessRequest>> {
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
