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
 * Reads documents page by page, as fast as the index accepts them. When a page fails, the stream fails, and the
 * search keeps its index.
 *
 * Each document names its cluster or namespace. On each search, the search plugin asks Berth whether the policy's
 * rule allows the document at that moment, so an old index does not show more.
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
        for await (const page of options.directory.directoryClusters()) {
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
        for await (const page of options.directory.directoryNamespaces()) {
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
