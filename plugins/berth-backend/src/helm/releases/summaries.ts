import { isKubeError } from '../../kube';
import { JsonRecord } from '../../resources/objects/json';
import { decodeRelease } from './decodeRelease';
import { ReleaseCalls } from './ReleaseCalls';
import { ReleaseError } from './ReleaseError';
import { SummaryCache } from './SummaryCache';
import { storedRevision } from './storedRevision';
import { ReleaseSource, ReleaseSummary, StoredRevision } from './types';

/** So many are read one by one; more are read with a list. */
const ONE_BY_ONE = 10;
const AT_A_TIME = 4;

/** A revision with what lists show of its content. */
export interface Summarized {
  stored: StoredRevision;
  summary: ReleaseSummary;
}

export interface SummaryOptions {
  cache: SummaryCache;
  calls: ReleaseCalls;
  clusterId: string;
  source: ReleaseSource;
  /** Selects the revisions in a list. */
  labelSelector: string;
  /** All namespaces by default. */
  namespace?: string;
}

/**
 * Reads the content of revisions that the person's own list just had, and yields their summaries. Revisions that are
 * gone meanwhile are left out.
 */
export async function* readSummaries(
  unknown: StoredRevision[],
  options: SummaryOptions,
): AsyncGenerator<Summarized[]> {
  const { calls, labelSelector, namespace, source } = options;
  if (unknown.length > ONE_BY_ONE) {
    const wanted = new Set(unknown.map(({ uid }) => uid));
    for await (const items of calls.listContents(
      source,
      labelSelector,
      namespace,
    )) {
      yield await summarizeAll(items, wanted, options);
    }
    return;
  }
  for (let from = 0; from < unknown.length; from += AT_A_TIME) {
    const some = unknown.slice(from, from + AT_A_TIME);
    const objects = await Promise.all(
      some.map(one => contentOf(one, options.calls)),
    );
    const uids = new Set(some.map(({ uid }) => uid));
    yield await summarizeAll(
      objects.filter(object => object !== undefined),
      uids,
      options,
    );
  }
}

async function contentOf(
  { source, namespace, objectName }: StoredRevision,
  calls: ReleaseCalls,
): Promise<JsonRecord | undefined> {
  try {
    return await calls.getContent(source, { namespace, name: objectName });
  } catch (error) {
    if (isKubeError(error, 'NotFound')) {
      return undefined;
    }
    throw error;
  }
}

/** Decodes one object after the other, so that other requests have their turn between two of them. */
async function summarizeAll(
  objects: JsonRecord[],
  wanted: ReadonlySet<string>,
  { cache, clusterId, source }: SummaryOptions,
): Promise<Summarized[]> {
  const found: Summarized[] = [];
  for (const object of objects) {
    const stored = storedRevision(object, source);
    if (stored && wanted.has(stored.uid)) {
      const summary =
        cache.get(clusterId, stored) ?? (await summaryOf(object, source));
      cache.set(clusterId, stored, summary);
      found.push({ stored, summary });
    }
  }
  return found;
}

async function summaryOf(
  object: JsonRecord,
  source: ReleaseSource,
): Promise<ReleaseSummary> {
  try {
    return (await decodeRelease(object, source)).summary;
  } catch (error) {
    if (error instanceof ReleaseError) {
      return { flux: false, problem: error.message };
    }
    throw error;
  }
}
