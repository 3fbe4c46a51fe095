import { LRUCache } from 'lru-cache';
import { ReleaseSummary, StoredRevision } from './types';

const MOST = 20_000;

/**
 * Keeps what lists show of the content of revisions, about 300 bytes each. The key is what the API server answered to
 * the person who asks: with the UID and the version of a Secret from their own list, the person may read the Secret.
 */
export class SummaryCache {
  readonly #summaries = new LRUCache<string, ReleaseSummary>({ max: MOST });

  get(clusterId: string, revision: StoredRevision): ReleaseSummary | undefined {
    return this.#summaries.get(keyOf(clusterId, revision));
  }

  set(
    clusterId: string,
    revision: StoredRevision,
    summary: ReleaseSummary,
  ): void {
    this.#summaries.set(keyOf(clusterId, revision), summary);
  }
}

function keyOf(
  clusterId: string,
  { uid, resourceVersion }: StoredRevision,
): string {
  return JSON.stringify([clusterId, uid, resourceVersion]);
}
