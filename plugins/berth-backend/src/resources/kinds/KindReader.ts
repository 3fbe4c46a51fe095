import { NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { Entry } from '../../access/ClusterEntries';
import { PersonClient, PersonClients } from '../../kube';
import { isKubeError } from '../../kube';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ClusterKind, readAllKinds, readGroupKinds } from './discovery';

const FRESH_MS = 5 * 60_000;
const MAX_ENTRIES = 5_000;

interface Known {
  kinds: Promise<readonly ClusterKind[]>;
  until: number;
}

/** Who asks a cluster. */
export interface KindCaller {
  /** Entity ref. */
  userRef: string;
  entry: Pick<Entry, 'cluster' | 'token'>;
}

/**
 * Knows the kinds of clusters for five minutes. Each person's knowledge is from the person's own calls: the answer for
 * one person is not shown to another, even though equal answers are kept once.
 */
export class KindReader {
  readonly #clients: PersonClients;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #contents = new Map<string, WeakRef<readonly ClusterKind[]>>();

  constructor(options: { clients: PersonClients; now?: () => number }) {
    this.#clients = options.clients;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Finds a kind by its group and plural.
   *
   * @param group - `core` or empty for the core group
   * @throws NotFoundError if the cluster has no such kind; KubeError
   */
  async find(
    caller: KindCaller,
    group: string,
    plural: string,
    signal?: AbortSignal,
  ): Promise<ClusterKind> {
    const name = group === 'core' ? '' : group;
    const kinds = await this.#read(caller, `group ${name}`, client =>
      readGroupKinds(client, name, signal).catch(error => {
        if (isKubeError(error, 'NotFound')) {
          return [];
        }
        throw error;
      }),
    );
    const found = kinds.find(kind => kind.plural === plural);
    if (!found) {
      throw new NotFoundError(
        `${caller.entry.cluster.name} has no kind ${quoteUntrusted(
          name === '' ? plural : `${plural}.${name}`,
        )}`,
      );
    }
    return found;
  }

  /** @throws KubeError */
  all(
    caller: KindCaller,
    signal?: AbortSignal,
  ): Promise<readonly ClusterKind[]> {
    return this.#read(caller, 'all', client => readAllKinds(client, signal));
  }

  async #read(
    { userRef, entry: { cluster, token } }: KindCaller,
    part: string,
    read: (client: PersonClient) => Promise<ClusterKind[]>,
  ): Promise<readonly ClusterKind[]> {
    const key = JSON.stringify([cluster.id, cluster.revision, userRef, part]);
    const now = this.#now();
    const known = this.#known.get(key);
    if (known && now < known.until) {
      return known.kinds;
    }
    const kinds = read(this.#clients.forPerson(cluster, token)).then(found =>
      this.#once(found),
    );
    this.#known.delete(key);
    this.#known.set(key, { kinds, until: now + FRESH_MS });
    this.#forget(now);
    try {
      return await kinds;
    } catch (error) {
      if (this.#known.get(key)?.kinds === kinds) {
        this.#known.delete(key);
      }
      throw error;
    }
  }

  /** Returns an equal answer that is in memory already. */
  #once(kinds: ClusterKind[]): readonly ClusterKind[] {
    const digest = createHash('sha256')
      .update(JSON.stringify(kinds))
      .digest('base64');
    const same = this.#contents.get(digest)?.deref();
    if (same) {
      return same;
    }
    this.#contents.set(digest, new WeakRef(kinds));
    return kinds;
  }

  #forget(now: number): void {
    for (const [key, { until }] of this.#known) {
      if (until > now && this.#known.size <= MAX_ENTRIES) {
        break;
      }
      this.#known.delete(key);
    }
    for (const [digest, content] of this.#contents) {
      if (!content.deref()) {
        this.#contents.delete(digest);
      }
    }
  }
}
