import { Paging, formatPaging, parsePaging } from '../../../kit/list';

/** All devices of the portal, as a choice of `user`. */
export const EVERYONE = '*';

/** Whose devices a list shows, and its page. */
export interface DevicesQuery extends Paging {
  /** Entity ref of a person, `*` for everyone; empty for the caller. */
  user: string;
}

/** Reads the query from the URL. */
export function parseDevicesQuery(parameters: URLSearchParams): DevicesQuery {
  return { ...parsePaging(parameters), user: parameters.get('user') ?? '' };
}

/** Writes the query for the URL, without default values. */
export function formatDevicesQuery(query: DevicesQuery): URLSearchParams {
  return new URLSearchParams({
    ...formatPaging(query),
    ...(query.user && { user: query.user }),
  });
}
