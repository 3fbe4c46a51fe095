import { LRUCache } from 'lru-cache';
import { writeKubePath } from '../../proxy/parseKubePath';
import { ProxyRequest } from '../../proxy/types';
import { DiscoveryDocument, RunDiscovery } from './RunDiscovery';
import { HelmRun } from './types';

const KEPT_MS = 60_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;
const MAX_CLUSTERS = 10_000;

export interface DiscoveryCacheOptions {
  keptMs?: number;
  maxBytes?: number;
  /** A larger document is not kept. */
  maxDocumentBytes?: number;
  now?(): number;
}

/**
 * Keeps the discovery and the OpenAPI documents of clusters for a minute, because each helm asks for all of them. A
 * cluster may answer people differently, so each person has documents of their own. By the version, helm finds out
 * whether the cluster answers, so the version is not kept.
 *
 * A cluster whose kinds change is asked each time for as long as documents are kept, so that all documents from before
 * the change are too old afterwards, and a definition has the time to take effect.
 */
export class DiscoveryCache {
  readonly #changed: LRUCache<string, true>;
  readonly #documents: LRUCache<string, DiscoveryDocument>;
  readonly #maxDocumentBytes: number;
  readonly #now: () => number;

  constructor({
    keptMs = KEPT_MS,
    maxBytes = MAX_BYTES,
    maxDocumentBytes = MAX_DOCUMENT_BYTES,
    now = () => performance.now(),
  }: DiscoveryCacheOptions = {}) {
    const time = { ttl: keptMs, ttlResolution: 0, perf: { now } };
    this.#maxDocumentBytes = maxDocumentBytes;
    this.#now = now;
    this.#changed = new LRUCache({ ...time, max: MAX_CLUSTERS });
    this.#documents = new LRUCache({
      ...time,
      maxSize: maxBytes,
      sizeCalculation: ({ body }, key) => body.length + key.length,
    });
  }

  /** Returns what is kept for a run. */
  of({ cluster, person }: Pick<HelmRun, 'cluster' | 'person'>): RunDiscovery {
    const { name, apiServer, caPem } = cluster;
    const place = JSON.stringify([name, apiServer, caPem]);
    const keyOf = (request: ProxyRequest) =>
      JSON.stringify([
        place,
        person,
        writeKubePath(request.path),
        request.query,
        request.accept,
      ]);
    return new RunDiscovery({
      maxBytes: this.#maxDocumentBytes,
      find: request =>
        this.#changed.has(place)
          ? undefined
          : this.#documents.get(keyOf(request)),
      keep: (request, document, start) => {
        if (!this.#changed.has(place)) {
          this.#documents.set(keyOf(request), document, { start });
        }
      },
      change: () => this.#changed.set(place, true),
      now: this.#now,
    });
  }
}
