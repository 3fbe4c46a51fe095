import type {
  ActivityEntry,
  ActivityExportFormat,
  ActivityFilter,
  ActivityQuery,
} from '../api/activity';
import type { Page } from '../api/paging';

/**
 * The part of the API for the activity log.
 *
 * @public
 */
export interface ActivityApi {
  /** Lists all entries for admins; for others, the entries of their own actions and of their groups. */
  listActivity(query?: ActivityQuery): Promise<Page<ActivityEntry>>;
  /** Like `listActivity`, for one cluster that the caller may see, without former clusters of the same name. */
  listClusterActivity(
    name: string,
    query?: Omit<ActivityQuery, 'cluster'>,
  ): Promise<Page<ActivityEntry>>;
  /** Returns all entries that match a filter, as a file. */
  exportActivity(
    filter: ActivityFilter,
    format: ActivityExportFormat,
  ): Promise<Blob>;
}
