import { ResourceListLine, ResourceRow } from '@berth/plugin-berth-common';
import pLimit from 'p-limit';
import { isKubeError } from '../../kube';
import { ClusterDeadlines } from '../ClusterDeadlines';
import { failureOf } from '../failures';
import { ClusterKind } from '../kinds/discovery';
import { isTooLarge, ListCalls } from './ListCalls';
import { ListPosition, NamespacePart } from './listCursor';
import { TablePage } from './parseTable';
import { RowWriter } from './RowWriter';

const CALLS_AT_A_TIME = 4;
const PAGE = 500;
/** Of a namespace without objects: about 25,000 rows. */
const MAX_NAMESPACE_BYTES = 4 * 1024 * 1024;

export interface NamespaceListsOptions {
  /** The name of the cluster. */
  cluster: string;
  calls: ListCalls;
  deadlines: ClusterDeadlines;
  limit: number;
  /** Whether the API server answers from its cache without being asked to. */
  readsFromCache: boolean;
  rows: RowWriter;
  /** Is aborted when nobody waits for the list. */
  signal: AbortSignal;
  write(line: ResourceListLine): Promise<void>;
}

/** Lists a kind in one namespace after the other. A namespace fails alone, and the rows of the others stand. */
export class NamespaceLists {
  readonly #options: NamespaceListsOptions;
  #asked = 0;
  #finished = 0;

  constructor(options: NamespaceListsOptions) {
    this.#options = options;
  }

  /** Describes how many namespaces are not finished. */
  get missing(): string {
    return this.#asked === 0
      ? 'the rest is missing'
      : `${this.#asked - this.#finished} of ${
          this.#asked
        } namespaces are missing`;
  }

  /** @returns where the list continues, if there are too many rows */
  async list(
    kind: ClusterKind,
    parts: NamespacePart[],
  ): Promise<ListPosition | undefined> {
    const { deadlines, rows } = this.#options;
    this.#asked = parts.length;
    const left: NamespacePart[] = [];
    let from: string | undefined;
    const atATime = pLimit(CALLS_AT_A_TIME);
    await Promise.all(
      parts.map(part =>
        atATime(async () => {
          if (deadlines.signal.aborted) {
            return;
          }
          if (rows.remaining === 0) {
            // The parts begin in their order.
            if (part.after !== undefined || part.token !== undefined) {
              left.push(part);
            } else {
              from ??= part.namespace;
            }
            return;
          }
          const rest = await this.#listNamespace(kind, part);
          this.#finished += 1;
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
    const { cluster, deadlines, signal, write } = this.#options;
    const { namespace } = part;
    try {
      return part.token === undefined
        ? await this.#listAtOnce(kind, part)
        : await this.#listPages(kind, part);
    } catch (error) {
      signal.throwIfAborted();
      if (deadlines.signal.aborted || isOfCluster(error)) {
        deadlines.end(error);
        throw deadlines.signal.reason;
      }
      await write({
        type: 'failed',
        cluster,
        namespace,
        ...failureOf(error, cluster),
      });
      return undefined;
    }
  }

  async #listAtOnce(
    kind: ClusterKind,
    part: NamespacePart,
  ): Promise<NamespacePart | undefined> {
    const { calls, readsFromCache, rows } = this.#options;
    const { namespace, after } = part;
    let page: TablePage;
    try {
      page = await calls.selected({
        kind,
        namespace,
        query: {
          includeObject: 'None',
          resourceVersion: readsFromCache ? undefined : '0',
        },
        maxBytes: MAX_NAMESPACE_BYTES,
      });
    } catch (error) {
      if (isTooLarge(error) && after === undefined) {
        return this.#listPages(kind, part);
      }
      throw error;
    }
    const found = rowsAfter(page.rows, after);
    const left = await rows.add({ ...page, rows: found }, namespace);
    if (left === 0) {
      return undefined;
    }
    const last = found[found.length - left - 1]?.name ?? after;
    return { namespace, ...(last !== undefined && { after: last }) };
  }

  async #listPages(
    kind: ClusterKind,
    part: NamespacePart,
  ): Promise<NamespacePart | undefined> {
    const { calls, rows } = this.#options;
    const { namespace } = part;
    let { after, token } = part;
    // With "after", the person has the first rows of the page already.
    const rest = () => ({
      namespace,
      ...(token !== undefined && { token }),
      ...(after !== undefined && { after }),
    });
    for (let pages = 0; ; ) {
      const limit = Math.min(PAGE, rows.remaining);
      if (limit === 0) {
        return rest();
      }
      const page = await calls.selected({
        kind,
        namespace,
        query: {
          limit: String(limit),
          continue: token,
          includeObject: 'None',
        },
        maxBytes: MAX_NAMESPACE_BYTES,
      });
      if (page.rows.length > limit) {
        throw calls.tooMany(kind, this.#options.limit);
      }
      const found = rowsAfter(page.rows, after);
      const left = await rows.add({ ...page, rows: found }, namespace);
      if (left > 0) {
        // Another namespace took the rest of the rows meanwhile.
        after = found[found.length - left - 1]?.name ?? after;
        return rest();
      }
      after = undefined;
      if (page.continueToken === undefined) {
        return undefined;
      }
      calls.assertGoesOn(page.continueToken, token, ++pages);
      token = page.continueToken;
    }
  }
}

function rowsAfter(
  rows: ResourceRow[],
  after: string | undefined,
): ResourceRow[] {
  return after === undefined ? rows : rows.filter(({ name }) => name > after);
}

/** Returns whether another namespace of the cluster would fail in the same way. */
export function isOfCluster(error: unknown): boolean {
  return (
    !isKubeError(error) ||
    ['DNS', 'TCP', 'TLS', 'Timeout', 'Unauthorized'].includes(error.failure)
  );
}
