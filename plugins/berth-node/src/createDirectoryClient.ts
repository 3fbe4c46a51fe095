import { DirectoryApi, DirectoryClient } from '@berth/plugin-berth-common';
import { BerthCallOptions, berthClientOptions } from './berthClientOptions';

/**
 * All clusters and namespaces, as the plugin reads them that the services belong to. Berth answers the
 * catalog and the search.
 *
 * @public
 */
export function createDirectoryClient({
  auth,
  discovery,
}: Pick<BerthCallOptions, 'auth' | 'discovery'>): DirectoryApi {
  return new DirectoryClient(berthClientOptions({ auth, discovery }));
}
