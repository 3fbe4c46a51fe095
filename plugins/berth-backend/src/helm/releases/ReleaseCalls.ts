import pLimit from 'p-limit';
import { KubeError, isKubeError, PersonClient } from '../../kube';
import { collectionPath, objectPath } from '../../kube/objectPath';
import { cutManagedFields } from '../../resources/lists/cutManagedFields';
import { JsonRecord, textAt } from '../../resources/objects/json';
import { readJsonAnswer } from '../../resources/readJsonAnswer';
import { isRecord } from '../../resources/values';
import { storedRevision } from './storedRevision';
import { ReleaseSource, StoredRevision } from './types';

const METADATA_LIST =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const JSON_TYPE = 'application/json';
const MIB = 1024 * 1024;
const MAX_LIST_BYTES = 8 * MIB;
/** More than the largest Secret. */
const MAX_OBJECT_BYTES = 4 * MIB;
const PAGE = 500;
const MAX_PAGES = 100;
const CALLS_AT_A_TIME = 8;
/** Each object may have a megabyte. */
const CONTENT_PAGE = 40;
const SMALLEST_PAGE = 5;

const STORES = {
  secret: { kind: 'Secret', plural: 'secrets' },
  configMap: { kind: 'ConfigMap', plural: 'configmaps' },
};

/** The latest revision of a release is never superseded. */
export const LATEST = 'owner=helm,status notin (superseded)';

export interface ReleaseCallsOptions {
  client: PersonClient;
  /** Whether a list may come from the cache of the API server, which an old one does only if it is asked for any version. */
  fromCache: boolean;
  /** Called when an answer begins. */
  onAnswer?: () => void;
  signal: AbortSignal;
}

/** A kind, for lists of metadata. */
export interface ListedKind {
  apiVersion: string;
  kind: string;
  plural: string;
}

interface Page {
  items: JsonRecord[];
  next?: string;
}

/** The calls of a person to the objects in which Helm stores releases, within bounds of bytes and pages. */
export class ReleaseCalls {
  readonly #options: ReleaseCallsOptions;
  readonly #atATime = pLimit(CALLS_AT_A_TIME);

  constructor(options: ReleaseCallsOptions) {
    this.#options = options;
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /**
   * Lists the metadata of stored revisions. Objects that only look like revisions are left out.
   *
   * @param namespace - all namespaces by default
   */
  async listRevisions(
    source: ReleaseSource,
    labelSelector: string,
    namespace?: string,
  ): Promise<StoredRevision[]> {
    return (await this.listStored(source, labelSelector, namespace)).revisions;
  }

  /** Lists the metadata of stored revisions, and the names of objects that only look like revisions. */
  async listStored(
    source: ReleaseSource,
    labelSelector: string,
    namespace?: string,
  ): Promise<{ revisions: StoredRevision[]; others: string[] }> {
    const items = await this.listMetadata(
      { apiVersion: 'v1', ...STORES[source] },
      labelSelector,
      namespace,
    );
    const read = items.map(item => storedRevision(item, source) ?? item);
    return {
      revisions: read.filter(isRevision),
      others: read.flatMap(item =>
        isRevision(item) ? [] : textAt(item, 'metadata', 'name') ?? '',
      ),
    };
  }

  /** Lists the metadata of objects. */
  async listMetadata(
    kind: ListedKind,
    labelSelector: string,
    namespace?: string,
  ): Promise<JsonRecord[]> {
    const path = collectionPath({ ...kind, namespaced: true }, namespace);
    try {
      const { items, next } = await this.#page(path, METADATA_LIST, {
        labelSelector,
        ...(!this.#options.fromCache && { resourceVersion: '0' }),
      });
      if (next === undefined) {
        return items;
      }
    } catch (error) {
      if (!isTooLarge(error)) {
        throw error;
      }
    }
    const found: JsonRecord[] = [];
    for await (const items of this.#pages(path, METADATA_LIST, labelSelector)) {
      found.push(...items);
    }
    return found;
  }

  /** Yields the whole objects of a list, page by page. */
  listContents(
    source: ReleaseSource,
    labelSelector: string,
    namespace?: string,
  ): AsyncGenerator<JsonRecord[]> {
    const path = collectionPath(
      { apiVersion: 'v1', ...STORES[source], namespaced: true },
      namespace,
    );
    return this.#pages(path, JSON_TYPE, labelSelector, CONTENT_PAGE);
  }

  /** Reads what stores a revision. */
  async getContent(
    source: ReleaseSource,
    key: { namespace: string; name: string },
  ): Promise<JsonRecord> {
    const answer = await this.#read(
      objectPath(
        { apiVersion: 'v1', ...STORES[source], namespaced: true },
        key,
      ),
      JSON_TYPE,
      {},
      MAX_OBJECT_BYTES,
    );
    if (!isRecord(answer)) {
      throw this.#unexpected();
    }
    return answer;
  }

  async *#pages(
    path: string,
    accept: string,
    labelSelector: string,
    size = PAGE,
  ): AsyncGenerator<JsonRecord[]> {
    let limit = size;
    let token: string | undefined;
    // Pages that are smaller than usual may be more.
    for (let objects = 0; objects < MAX_PAGES * size; ) {
      let page: Page;
      try {
        page = await this.#page(path, accept, {
          labelSelector,
          limit: String(limit),
          ...(token !== undefined && { continue: token }),
        });
      } catch (error) {
        if (isTooLarge(error) && limit > SMALLEST_PAGE) {
          limit = Math.max(Math.floor(limit / 4), SMALLEST_PAGE);
          continue;
        }
        throw error;
      }
      yield page.items;
      if (page.next === undefined) {
        return;
      }
      token = page.next;
      objects += limit;
    }
    throw new KubeError(
      'Protocol',
      `${this.#options.client.server} does not come to an end with its list`,
      { reason: 'EndlessList' },
    );
  }

  async #page(
    path: string,
    accept: string,
    query: Record<string, string>,
  ): Promise<Page> {
    const answer = await this.#read(path, accept, query, MAX_LIST_BYTES);
    // An API server writes an empty list of metadata as null.
    const items = isRecord(answer) ? answer.items ?? [] : undefined;
    if (!isRecord(answer) || !Array.isArray(items)) {
      throw this.#unexpected();
    }
    const { continue: next } = isRecord(answer.metadata) ? answer.metadata : {};
    return {
      items: items.filter(isRecord),
      ...(typeof next === 'string' && next !== '' && { next }),
    };
  }

  #read(
    path: string,
    accept: string,
    query: Record<string, string>,
    maxBytes: number,
  ): Promise<unknown> {
    const { client, onAnswer, signal } = this.#options;
    return this.#atATime(() =>
      readJsonAnswer(
        client,
        { method: 'GET', path, query, headers: { accept }, signal },
        { maxBytes, edit: cutManagedFields, onAnswer },
      ),
    );
  }

  #unexpected(): KubeError {
    return new KubeError(
      'Protocol',
      `${
        this.#options.client.server
      } answers with something else than it was asked for`,
    );
  }
}

function isRevision(item: StoredRevision | JsonRecord): item is StoredRevision {
  return 'objectName' in item;
}

function isTooLarge(error: unknown): boolean {
  return isKubeError(error) && error.reason === 'ResponseTooLarge';
}
