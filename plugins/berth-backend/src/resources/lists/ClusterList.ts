import { NotImplementedError } from '@backstage/errors';
import {
  RESOURCE_DEADLINE,
  ResourceListLine,
  ResourceRow,
} from '@berth/plugin-berth-common';
import pLimit from 'p-limit';
import { Entry } from '../../access/ClusterEntries';
import { isKubeError, KubeError, PersonClient } from '../../kube';
import { collectionPath } from '../../kube/objectPath';
import { ClusterCallError, failureOf } from '../failures';
import { ClusterKind } from '../kinds/discovery';
import { readJsonAnswer } from '../readJsonAnswer';
import { cutManagedFields } from './cutManagedFields';
import { ListPosition, MAX_TOKEN, NamespacePart } from './listCursor';
import { parseTable, TablePage } from './parseTable';

const CALLS_AT_A_TIME = 4;
/** For one answer, from the request to the last byte. */
const CALL_MS = 30_000;
const FIRST_PAGE = 100;
const PAGE = 500;
const SMALLEST_PAGE = 10;
/** More than a list of the most rows takes, with room for empty pages. */
const MAX_PAGES = 60;
const MAX_PAGE_BYTES = 8 * 1024 * 1024;
/** Of a namespace without objects: about 25,000 rows. */
const MAX_NAMESPACE_BYTES = 4 * 1024 * 1024;
const ROWS_A_LINE = 500;
const MAX_NAMESPACES = 2_000;

const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';

/** From this minor version on, lists without a version come from the cache of the API server. */
const CONSISTENT_CACHE = 31;

const NAMESPACE_KIND: ClusterKind = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: [],
  namespaced: false,
  verbs: ['list'],
};

/** Which objects of a cluster to list. */
export type ListScope =
  | {
      type: 'cluster';
      /** Returns the namespaces to list if the person may not list the whole cluster. */
      fallback(): Promise<string[]>;
    }
  | { type: 'namespaces'; parts: NamespacePart[] };

export interface ClusterListOptions {
  client: PersonClient;
  entry: Pick<Entry, 'cluster'>;
  /** Finds the kind on the cluster. */
  findKind(signal: AbortSignal): Promise<ClusterKind>;
  labelSelector?: string;
  /** The most rows. */
  limit: number;
  /** Where the list continues. */
  position?: ListPosition;
  /** Aborted when nobody waits for the list. */
  signal: AbortSignal;
  scope: ListScope;
  /** Writes a line, and waits while the person reads slowly. */
  write(line: ResourceListLine): Promise<void>;
  /** Writes the cursor for a position. */
  writeCursor(position: ListPosition): string;
  deadline?: number;
}

/**
 * Lists the objects of a kind on one cluster, as lines. The cluster fails alone: whatever it answers becomes lines of
 * this cluster, within bounds of time, bytes, pages and rows.
 */
export class ClusterList {
  readonly #options: ClusterListOptions;
  readonly #end = new AbortController();
  readonly #name: string;
  readonly #server: string;
  #remaining: number;
  #count = 0;
  #hasColumns = false;
  #firstAnswer?: NodeJS.Timeout;

  constructor(options: ClusterListOptions) {
    this.#options = options;
    this.#remaining = options.limit;
    this.#name = options.entry.cluster.name;
    this.#server = options.client.server;
  }

  /** @throws only what is not about the cluster, such as the reason of the signal */
  async run(): Promise<void> {
    const { deadline = RESOURCE_DEADLINE, signal, write } = this.#options;
    const onAbort = () => this.#end.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#firstAnswer = setTimeout(
      () =>
        this.#end.abort(
          new ClusterCallError(
            504,
            `${this.#name} did not answer within ${deadline / 1_000} s`,
          ),
        ),
      deadline,
    );
    try {
      signal.throwIfAborted();
      const more = await this.#list();
      await write({
        type: 'done',
        cluster: this.#name,
        count: this.#count,
        ...(more && { more: this.#options.writeCursor(more) }),
      });
    } catch (error) {
      signal.throwIfAborted();
      // Ends the calls that are still under way.
      this.#end.abort();
      await write({
        type: 'failed',
        cluster: this.#name,
        ...failureOf(error, this.#name),
      });
    } finally {
      clearTimeout(this.#firstAnswer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  async #list(): Promise<ListPosition | undefined> {
    const { position, scope } = this.#options;
    const token = position && 'token' in position ? position.token : undefined;
    const kind = await this.#options.findKind(this.#end.signal);
    if (!kind.verbs.includes('list')) {
      throw new NotImplementedError(
        `${this.#name} has no lists of ${kind.plural}`,
      );
    }
    if (!kind.namespaced) {
      return this.#listCluster(kind, token);
    }
    if (scope.type === 'namespaces') {
      return this.#listNamespaces(kind, scope.parts);
    }
    if (position && 'parts' in position) {
      const { from, parts } = position;
      const begun = from === undefined ? [] : await this.#namespaces(kind);
      return this.#listNamespaces(kind, [
        ...parts,
        ...begun.filter(({ namespace }) => from && namespace >= from),
      ]);
    }
    if (isSecret(kind)) {
      return this.#listNamespaces(kind, await this.#namespaces(kind));
    }
    try {
      return await this.#listCluster(kind, token);
    } catch (error) {
      if (isKubeError(error, 'Forbidden') && !this.#hasColumns) {
        return this.#listNamespaces(kind, await this.#heldNamespaces());
      }
      throw error;
    }
  }

  /** Lists the whole cluster, in pages. */
  async #listCluster(
    kind: ClusterKind,
    begin: string | undefined,
  ): Promise<ListPosition | undefined> {
    let size = begin === undefined ? FIRST_PAGE : PAGE;
    let most = PAGE;
    let token = begin;
    for (let pages = 0; ; ) {
      const limit = Math.min(size, most, this.#remaining);
      let page: TablePage;
      try {
        page = await this.#call(
          kind,
          undefined,
          { limit: String(limit), continue: token, includeObject: 'Metadata' },
          MAX_PAGE_BYTES,
        );
      } catch (error) {
        if (isTooLarge(error) && limit > SMALLEST_PAGE) {
          most = Math.max(Math.floor(limit / 4), SMALLEST_PAGE);
          continue;
        }
        throw error;
      }
      const left = await this.#write(page);
      if (left > 0) {
        throw this.#tooMany(kind);
      }
      if (page.continueToken === undefined) {
        return undefined;
      }
      this.#assertGoesOn(page.continueToken, token, ++pages);
      token = page.continueToken;
      if (this.#remaining === 0) {
        return { token };
      }
      size = PAGE;
    }
  }

  async #listNamespaces(
    kind: ClusterKind,
    parts: NamespacePart[],
  ): Promise<ListPosition | undefined> {
    const left: NamespacePart[] = [];
    let from: string | undefined;
    const atATime = pLimit(CALLS_AT_A_TIME);
    await Promise.all(
      parts.map(part =>
        atATime(async () => {
          if (this.#end.signal.aborted) {
            return;
          }
          if (this.#remaining === 0) {
            // The parts begin in their order.
            if (part.after !== undefined || part.token !== undefined) {
              left.push(part);
            } else {
              from ??= part.namespace;
            }
            return;
          }
          const rest = await this.#listNamespace(kind, part);
          if (rest) {
            left.push(rest);
          }
        }),
      ),
    );
    return left.length > 0 || from !== undefined
      ? { parts: left, ...(from !== undefined && { from }) }
      : undefined;
  }

  /** @returns what is left if there are too many rows */
  async #listNamespace(
    kind: ClusterKind,
    part: NamespacePart,
  ): Promise<NamespacePart | undefined> {
    const { namespace } = part;
    try {
      return part.token === undefined
        ? await this.#listAtOnce(kind, part)
        : await this.#listPages(kind, part);
    } catch (error) {
      this.#options.signal.throwIfAborted();
      if (this.#end.signal.aborted || isOfCluster(error)) {
        this.#end.abort(error);
        throw this.#end.signal.reason;
      }
      await this.#options.write({
        type: 'failed',
        cluster: this.#name,
        namespace,
        ...failureOf(error, this.#name),
      });
      return undefined;
    }
  }

  async #listAtOnce(
    kind: ClusterKind,
    part: NamespacePart,
  ): Promise<NamespacePart | undefined> {
    const { namespace, after } = part;
    let page: TablePage;
    try {
      page = await this.#call(
        kind,
        namespace,
        {
          includeObject: 'None',
          resourceVersion: readsFromCache(this.#options.entry)
            ? undefined
            : '0',
        },
        MAX_NAMESPACE_BYTES,
      );
    } catch (error) {
      if (isTooLarge(error) && after === undefined) {
        return this.#listPages(kind, part);
      }
      throw error;
    }
    const rows = rowsAfter(page.rows, after);
    const left = await this.#write({ ...page, rows }, namespace);
    if (left === 0) {
      return undefined;
    }
    const last = rows[rows.length - left - 1]?.name ?? after;
    return { namespace, ...(last !== undefined && { after: last }) };
  }

  async #listPages(
    kind: ClusterKind,
    part: NamespacePart,
  ): Promise<NamespacePart | undefined> {
    const { namespace } = part;
    let { after, token } = part;
    // With "after", the person has the first rows of the page already.
    const rest = () => ({
      namespace,
      ...(token !== undefined && { token }),
      ...(after !== undefined && { after }),
    });
    for (let pages = 0; ; ) {
      const limit = Math.min(PAGE, this.#remaining);
      if (limit === 0) {
        return rest();
      }
      const page = await this.#call(
        kind,
        namespace,
        { limit: String(limit), continue: token, includeObject: 'None' },
        MAX_NAMESPACE_BYTES,
      );
      if (page.rows.length > limit) {
        throw this.#tooMany(kind);
      }
      const rows = rowsAfter(page.rows, after);
      const left = await this.#write({ ...page, rows }, namespace);
      if (left > 0) {
        // Another namespace took the rest of the rows meanwhile.
        after = rows[rows.length - left - 1]?.name ?? after;
        return rest();
      }
      after = undefined;
      if (page.continueToken === undefined) {
        return undefined;
      }
      this.#assertGoesOn(page.continueToken, token, ++pages);
      token = page.continueToken;
    }
  }

  /** Returns the namespaces of a list that asks for one namespace after the other, sorted. */
  async #namespaces(kind: ClusterKind): Promise<NamespacePart[]> {
    if (!isSecret(kind)) {
      return this.#heldNamespaces();
    }
    try {
      return await this.#allNamespaces();
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        return this.#heldNamespaces();
      }
      throw error;
    }
  }

  async #heldNamespaces(): Promise<NamespacePart[]> {
    const { scope } = this.#options;
    const held = scope.type === 'cluster' ? await scope.fallback() : [];
    return held.map(namespace => ({ namespace }));
  }

  async #allNamespaces(): Promise<NamespacePart[]> {
    const names: string[] = [];
    let token: string | undefined;
    for (let pages = 0; names.length < MAX_NAMESPACES; ) {
      const page = await this.#call(
        NAMESPACE_KIND,
        undefined,
        { limit: String(PAGE), continue: token, includeObject: 'None' },
        MAX_NAMESPACE_BYTES,
        // The selector is for the objects.
        { selected: false },
      );
      names.push(...page.rows.map(({ name }) => name));
      if (page.continueToken === undefined) {
        break;
      }
      this.#assertGoesOn(page.continueToken, token, ++pages);
      token = page.continueToken;
    }
    return names.sort().map(namespace => ({ namespace }));
  }

  async #call(
    kind: ClusterKind,
    namespace: string | undefined,
    query: Record<string, string | undefined>,
    maxBytes: number,
    { selected = true } = {},
  ): Promise<TablePage> {
    const { client, labelSelector } = this.#options;
    const timer = setTimeout(
      () =>
        this.#end.abort(
          new ClusterCallError(
            504,
            `${this.#name} did not finish an answer within ${
              CALL_MS / 1_000
            } s`,
          ),
        ),
      CALL_MS,
    );
    try {
      const answer = await readJsonAnswer(
        client,
        {
          method: 'GET',
          path: collectionPath(
            {
              ...kind,
              apiVersion:
                kind.group === ''
                  ? kind.version
                  : `${kind.group}/${kind.version}`,
            },
            namespace,
          ),
          query: withoutAbsent({
            ...query,
            ...(selected && { labelSelector }),
          }),
          // A server that knows no Tables answers with whole objects, which a Secret's list must not hold.
          headers: {
            accept: isSecret(kind) ? TABLE : `${TABLE},application/json`,
          },
          signal: this.#end.signal,
        },
        {
          maxBytes,
          edit: cutManagedFields,
          onAnswer: () => clearTimeout(this.#firstAnswer),
        },
      );
      const page = parseTable(answer);
      if (!page || (page.plain && isSecret(kind))) {
        throw new KubeError(
          'Protocol',
          `${this.#server} answers with something else than a list of ${
            kind.plural
          }`,
        );
      }
      return page;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @returns the number of rows for which there is no room */
  async #write(
    { columns, rows }: Pick<TablePage, 'columns' | 'rows'>,
    namespace?: string,
  ): Promise<number> {
    const write = async (line: ResourceListLine) => {
      // Nothing comes after the failure of the cluster.
      this.#end.signal.throwIfAborted();
      await this.#options.write(line);
    };
    const cluster = this.#name;
    const at = new Date().toISOString();
    const taken = rows.slice(0, this.#remaining);
    this.#remaining -= taken.length;
    this.#count += taken.length;
    if (!this.#hasColumns) {
      this.#hasColumns = true;
      await write({ type: 'columns', cluster, columns });
    }
    for (let start = 0; start < taken.length; start += ROWS_A_LINE) {
      await write({
        type: 'rows',
        cluster,
        ...(namespace !== undefined && { namespace }),
        at,
        rows: taken
          .slice(start, start + ROWS_A_LINE)
          .map(row => inNamespace(row, namespace)),
      });
    }
    return rows.length - taken.length;
  }

  #assertGoesOn(next: string, token: string | undefined, pages: number): void {
    if (next === token || pages >= MAX_PAGES || next.length > MAX_TOKEN) {
      throw new KubeError(
        'Protocol',
        `${this.#server} does not come to an end with its list`,
        { reason: 'EndlessList' },
      );
    }
  }

  #tooMany({ plural }: ClusterKind): KubeError {
    return new KubeError(
      'Protocol',
      `${this.#name} has more than ${
        this.#options.limit
      } ${plural}, and does not divide them into pages`,
      { reason: 'TooManyItems' },
    );
  }
}

function isSecret({ group, plural }: ClusterKind): boolean {
  return group === '' && plural === 'secrets';
}

function readsFromCache({ cluster }: Pick<Entry, 'cluster'>): boolean {
  const minor = /^v1\.(\d+)/.exec(cluster.status.version ?? '')?.[1];
  return minor !== undefined && Number(minor) >= CONSISTENT_CACHE;
}

/** The line has the namespace already. */
function inNamespace(
  row: ResourceRow,
  namespace: string | undefined,
): ResourceRow {
  if (namespace === undefined || row.namespace === undefined) {
    return row;
  }
  const { namespace: _, ...rest } = row;
  return rest;
}

function rowsAfter(
  rows: ResourceRow[],
  after: string | undefined,
): ResourceRow[] {
  return after === undefined ? rows : rows.filter(({ name }) => name > after);
}

function isTooLarge(error: unknown): boolean {
  return isKubeError(error) && error.reason === 'ResponseTooLarge';
}

/** Returns whether another namespace of the cluster would fail in the same way. */
function isOfCluster(error: unknown): boolean {
  return (
    !isKubeError(error) ||
    ['DNS', 'TCP', 'TLS', 'Timeout', 'Unauthorized'].includes(error.failure)
  );
}

function withoutAbsent(
  query: Record<string, string | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
