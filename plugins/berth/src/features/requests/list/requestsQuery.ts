import {
  RequestKind,
  RequestQuery,
  RequestState,
} from '@berth/plugin-berth-common';
import { PAGE_SIZES } from '../../../kit/list/pagination';

export const SECTIONS = ['mine', 'inbox', 'all'] as const;

/** Whose requests: one's own, those that wait for one, or everybody's. */
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

/** The states from which something is still to come. */
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

/** What a person wants to see of the requests; empty strings stand for all. */
export interface ListQuery {
  section: Section;
  state: RequestState | 'open' | '';
  kind: RequestKind | '';
  cluster: string;
  /** From 1. */
  page: number;
  pageSize: number;
}

export const NO_FILTERS = { state: '', kind: '', cluster: '' } as const;

/** Reads a query from the URL; what makes no sense there is as if it were absent. */
export function parseListQuery(parameters: URLSearchParams): ListQuery {
  const page = Number(parameters.get('page'));
  const pageSize = Number(parameters.get('size'));
  const state = parameters.get('state');
  return {
    section: SECTIONS.find(one => one === parameters.get('section')) ?? 'mine',
    state: state === 'open' ? state : STATES.find(one => one === state) ?? '',
    kind: KINDS.find(one => one === parameters.get('kind')) ?? '',
    cluster: parameters.get('cluster') ?? '',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : PAGE_SIZES[0],
  };
}

/** Writes a query for the URL, leaving out what is as by default. */
export function formatListQuery(query: ListQuery): URLSearchParams {
  const { section, state, kind, cluster, page, pageSize } = query;
  return new URLSearchParams({
    ...(section !== 'mine' && { section }),
    ...(state && { state }),
    ...(kind && { kind }),
    ...(cluster && { cluster }),
    ...(page !== 1 && { page: String(page) }),
    ...(pageSize !== PAGE_SIZES[0] && { size: String(pageSize) }),
  });
}

/** What the backend is asked. */
export function requestOf(query: ListQuery): RequestQuery {
  const { section, state, kind, cluster, page, pageSize } = query;
  return {
    scope: section,
    ...(state && { state: state === 'open' ? [...OPEN_STATES] : state }),
    ...(kind && { kind }),
    ...(cluster && { cluster }),
    limit: pageSize,
    offset: (page - 1) * pageSize,
  };
}

/** Whether anything narrows the list. */
export function isFiltered({ state, kind, cluster }: ListQuery): boolean {
  return Boolean(state || kind || cluster);
}
