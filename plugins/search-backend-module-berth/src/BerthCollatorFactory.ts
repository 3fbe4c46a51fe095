import { Permission } from '@backstage/plugin-permission-common';
import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import {
  berthClusterReadPermission,
  berthNamespaceReadPermission,
  DirectoryApi,
} from '@berth/plugin-berth-common';
import { Visibility } from '@berth/plugin-berth-node';
import { Readable } from 'node:stream';
import { clusterDocument, namespaceDocument } from './documents';

export interface BerthCollatorOptions {
  directory: DirectoryApi;
  visibility: Visibility;
}

/**
 * Reads documents page by page, as fast as the index takes them. When a page fails, the stream does, and
 * the search keeps what it had.
 *
 * Each document names its cluster or namespace, and whenever somebody searches, the search asks Berth
 * what the policy's rule says of it at that moment: an index that is a little old shows no more for that.
 */
export class BerthCollatorFactory implements DocumentCollatorFactory {
  readonly type: string;
  readonly visibilityPermission?: Permission;
  readonly #pages: () => AsyncIterable<IndexableDocument[]>;

  static forClusters(options: BerthCollatorOptions): BerthCollatorFactory {
    return new BerthCollatorFactory(
      'berth-cluster',
      options.visibility === 'policy' ? berthClusterReadPermission : undefined,
      async function* documents() {
        for await (const page of options.directory.clusters()) {
          yield page.map(clusterDocument);
        }
      },
    );
  }

  static forNamespaces(options: BerthCollatorOptions): BerthCollatorFactory {
    return new BerthCollatorFactory(
      'berth-namespace',
      options.visibility === 'policy'
        ? berthNamespaceReadPermission
        : undefined,
      async function* documents() {
        for await (const page of options.directory.namespaces()) {
          yield page.map(namespaceDocument);
        }
      },
    );
  }

  private constructor(
    type: string,
    visibilityPermission: Permission | undefined,
    pages: () => AsyncIterable<IndexableDocument[]>,
  ) {
    this.type = type;
    this.visibilityPermission = visibilityPermission;
    this.#pages = pages;
  }

  async getCollator(): Promise<Readable> {
    const pages = this.#pages();
    return Readable.from(
      (async function* documents() {
        for await (const page of pages) {
          yield* page;
        }
      })(),
    );
  }
}
