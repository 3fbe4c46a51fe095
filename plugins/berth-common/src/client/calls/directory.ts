import type { DirectoryCluster, DirectoryNamespace } from '../../api/directory';
import type { Page } from '../../api/paging';
import type { DirectoryApi } from '../DirectoryApi';
import { BerthHttp, queryOf } from '../http';

/** The calls of `DirectoryApi`. */
export function directoryCalls(http: BerthHttp): DirectoryApi {
  return {
    directoryClusters() {
      return pagesOf<DirectoryCluster>(http, '/directory/clusters');
    },

    directoryNamespaces() {
      return pagesOf<DirectoryNamespace>(http, '/directory/namespaces');
    },
  };
}

async function* pagesOf<T>(http: BerthHttp, path: string): AsyncIterable<T[]> {
  let cursor: string | undefined;
  do {
    const page: Page<T> = await http.json(
      'GET',
      `${path}${queryOf({ cursor })}`,
    );
    yield page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}
