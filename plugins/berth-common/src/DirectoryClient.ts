import type { BerthClientOptions } from './BerthClient';
import { BerthHttp, queryOf } from './BerthHttp';
import {
  DirectoryCluster,
  DirectoryNamespace,
  DirectoryPage,
} from './directory';

/**
 * Reads all clusters and namespaces, page by page. Only for the portal's catalog and search, with their service
 * credentials; they decide who sees the result.
 *
 * @public
 */
export interface DirectoryApi {
  clusters(): AsyncIterable<DirectoryCluster[]>;
  namespaces(): AsyncIterable<DirectoryNamespace[]>;
}

/** @public */
export class DirectoryClient implements DirectoryApi {
  readonly #http: BerthHttp;

  constructor(options: BerthClientOptions) {
    this.#http = new BerthHttp(options);
  }

  clusters(): AsyncIterable<DirectoryCluster[]> {
    return this.#pages('/directory/clusters');
  }

  namespaces(): AsyncIterable<DirectoryNamespace[]> {
    return this.#pages('/directory/namespaces');
  }

  async *#pages<T>(path: string): AsyncIterable<T[]> {
    let after: string | undefined;
    do {
      const page: DirectoryPage<T> = await this.#http.json(
        'GET',
        `${path}${queryOf({ after })}`,
      );
      yield page.items;
      after = page.next;
    } while (after !== undefined);
  }
}
