import {
  HelmRelease,
  HelmReleaseLine,
  RESOURCE_DEADLINE,
} from '@berth/plugin-berth-common';
import pLimit from 'p-limit';
import { ClusterDeadlines } from '../../resources/ClusterDeadlines';
import { failureOf } from '../../resources/failures';
import { isOfCluster } from '../../resources/lists/NamespaceLists';
import { isForbidden, listSeenObjects, releasesOf } from './byObjects';
import { presentRelease } from './presentRelease';
import { LATEST, ReleaseCalls } from './ReleaseCalls';
import { latestRevisions } from './storedRevision';
import { readSummaries } from './summaries';
import { ReleaseReaderParts, sourcesOf } from './ReleaseReaderParts';
import { ReleaseSource, StoredRevision } from './types';

const NAMESPACES_AT_A_TIME = 8;
const ITEMS_A_LINE = 500;
/** For all answers of one cluster. */
const TOTAL_MS = 60_000;

/** Which namespaces of a cluster to list. */
export type ReleaseScope =
  | {
      type: 'cluster';
      /** The namespaces to list if the person may not list the whole cluster. */
      held: string[];
    }
  | { type: 'namespaces'; namespaces: string[] };

export interface ReleaseListOptions extends ReleaseReaderParts {
  scope: ReleaseScope;
  /** Aborted when nobody waits for the list. */
  signal: AbortSignal;
  /** Writes a line, and waits while the person reads slowly. */
  write(line: HelmReleaseLine): Promise<void>;
}

/**
 * Lists the releases of one cluster, as lines. The cluster fails alone: whatever it answers becomes lines of this
 * cluster. Each call has the token of the person.
 */
export class ReleaseList {
  readonly #options: ReleaseListOptions;
  readonly #cluster: string;
  readonly #deadlines: ClusterDeadlines;
  readonly #calls: ReleaseCalls;
  readonly #atATime = pLimit(NAMESPACES_AT_A_TIME);
  readonly #seen = new Set<string>();
  readonly #inSecrets = new Set<string>();
  #onAnswer = () => {};

  constructor(options: ReleaseListOptions) {
    this.#deadlines = new ClusterDeadlines(options.signal);
    const write = this.#deadlines.unhurried(options.write);
    this.#options = { ...options, write };
    this.#cluster = options.entry.cluster.name;
    this.#calls = options.openCalls(this.#deadlines.signal, () =>
      this.#onAnswer(),
    );
  }

  /** @throws only what is not about the cluster, such as the reason of the signal */
  async run(): Promise<void> {
    const { signal, write } = this.#options;
    const cluster = this.#cluster;
    this.#onAnswer = this.#deadlines.endAfter(
      RESOURCE_DEADLINE,
      () => `${cluster} did not answer within ${RESOURCE_DEADLINE / 1_000} s`,
    );
    this.#deadlines.endAfterWork(
      TOTAL_MS,
      () =>
        `${cluster} did not finish its answers within ${TOTAL_MS / 1_000} s`,
    );
    try {
      signal.throwIfAborted();
      await this.#list();
      await write({ type: 'done', cluster, count: this.#seen.size });
    } catch (error) {
      signal.throwIfAborted();
      // Ends the calls that are still under way.
      this.#deadlines.end();
      await write({ type: 'failed', cluster, ...failureOf(error, cluster) });
    } finally {
      this.#deadlines.stop();
    }
  }

  async #list(): Promise<void> {
    const { scope } = this.#options;
    if (scope.type === 'namespaces') {
      await this.#listNamespaces(scope.namespaces);
      return;
    }
    try {
      await this.#listStored();
    } catch (error) {
      if (!isForbidden(error)) {
        throw error;
      }
      const seen = await this.#listByObjects().catch(refusal => {
        if (!isForbidden(refusal) || scope.held.length > 0) {
          return undefined;
        }
        throw error;
      });
      await this.#listNamespaces(scope.held, seen !== undefined);
    }
  }

  /** @param seen - whether the releases are known by their objects already */
  async #listNamespaces(namespaces: string[], seen = false): Promise<void> {
    await Promise.all(
      namespaces.map(namespace =>
        this.#atATime(async () => {
          this.#deadlines.signal.throwIfAborted();
          try {
            await this.#listNamespace(namespace, seen);
          } catch (error) {
            this.#options.signal.throwIfAborted();
            if (this.#deadlines.signal.aborted || isOfCluster(error)) {
              this.#deadlines.end(error);
              throw this.#deadlines.signal.reason;
            }
            await this.#write({
              type: 'failed',
              cluster: this.#cluster,
              namespace,
              ...failureOf(error, this.#cluster),
            });
          }
        }),
      ),
    );
  }

  async #listNamespace(namespace: string, seen: boolean): Promise<void> {
    try {
      await this.#listStored(namespace);
    } catch (error) {
      if (!isForbidden(error)) {
        throw error;
      }
      if (!seen) {
        await this.#listByObjects(namespace);
      }
    }
  }

  /**
   * Lists what Helm stores. ConfigMaps that the person may not read are left out.
   *
   * @throws the refusal of Secrets, after the ConfigMaps
   */
  async #listStored(namespace?: string): Promise<void> {
    const refusals: unknown[] = [];
    for (const source of sourcesOf(this.#options)) {
      await this.#listSource(source, namespace).catch(error => {
        if (!isForbidden(error)) {
          throw error;
        }
        if (source === 'secret') {
          refusals.push(error);
        }
      });
    }
    if (refusals.length > 0) {
      throw refusals[0];
    }
  }

  async #listSource(source: ReleaseSource, namespace?: string): Promise<void> {
    const { assertAllowed, cache, entry } = this.#options;
    const clusterId = entry.cluster.id;
    assertAllowed(source);
    const stored = latestRevisions(
      await this.#calls.listRevisions(source, LATEST, namespace),
    );
    const latest = stored.filter(one => this.#counts(one));
    await this.#writeReleases(latest.map(one => this.#present(one)));
    const unknown = latest.filter(one => !cache.get(clusterId, one));
    const shown = new Set(latest.map(({ uid }) => uid));
    for await (const some of readSummaries(unknown, {
      ...{ cache, clusterId, source, namespace },
      calls: this.#calls,
      labelSelector: LATEST,
    })) {
      await this.#writeReleases(
        some
          .filter(one => shown.has(one.stored.uid))
          .map(one => presentRelease(this.#cluster, one.stored, one.summary)),
      );
    }
  }

  /** A release in a Secret counts before a release of the same name in a ConfigMap, as on the page of the release. */
  #counts(stored: StoredRevision): boolean {
    const key = keyOf(stored);
    if (stored.source === 'secret') {
      this.#inSecrets.add(key);
      return true;
    }
    return !this.#inSecrets.has(key);
  }

  async #listByObjects(namespace?: string): Promise<void> {
    const objects = await listSeenObjects(
      {
        calls: this.#calls,
        findKind: (group, plural) =>
          this.#options.findKind(group, plural, this.#deadlines.signal),
      },
      namespace,
    );
    await this.#writeReleases(
      releasesOf(this.#cluster, objects).filter(
        release =>
          !this.#seen.has(keyOf(release)) &&
          (namespace === undefined || release.namespace === namespace),
      ),
    );
  }

  #present(stored: StoredRevision): HelmRelease {
    const { cache, entry } = this.#options;
    return presentRelease(
      this.#cluster,
      stored,
      cache.get(entry.cluster.id, stored),
    );
  }

  async #writeReleases(releases: HelmRelease[]): Promise<void> {
    releases.forEach(release => this.#seen.add(keyOf(release)));
    const at = new Date().toISOString();
    for (let start = 0; start < releases.length; start += ITEMS_A_LINE) {
      await this.#write({
        type: 'releases',
        cluster: this.#cluster,
        at,
        items: releases.slice(start, start + ITEMS_A_LINE),
      });
    }
  }

  async #write(line: HelmReleaseLine): Promise<void> {
    // Nothing comes after the failure of the cluster.
    this.#deadlines.signal.throwIfAborted();
    await this.#options.write(line);
  }
}

function keyOf({
  namespace,
  name,
}: Pick<HelmRelease, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
