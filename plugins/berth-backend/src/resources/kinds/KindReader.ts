import { NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { Entry } from '../../access/ClusterEntries';
import { assertNotDenied } from '../../access/deniedResources';
import { isKubeError, PersonClient, PersonClients } from '../../kube';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ClusterDeadlines } from '../ClusterDeadlines';
import { unlessAborted } from '../unlessAborted';
import { ClusterKind, readAllKinds, readGroupKinds } from './discovery';

const FRESH_MS = 5 * 60_000;
const MAX_ENTRIES = 5_000;
const DEADLINE_MS = 8_000;

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
  readonly #deny: readonly string[];
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #contents = new Map<string, WeakRef<readonly ClusterKind[]>>();

  constructor(options: {
    clients: PersonClients;
    /** Resources that the configuration takes away, such as `secrets`. */
    deny: readonly string[];
    now?: () => number;
  }) {
    this.#clients = options.clients;
    this.#deny = options.deny;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Finds a kind by its group and plural.
   *
   * @param group - `core` or empty for the core group
   * @throws NotFoundError if the cluster has no such kind; NotAllowedError if the configuration takes it away; KubeError or ClusterCallError; the reason of `signal`
   */
  async find(
    caller: KindCaller,
    group: string,
    plural: string,
    signal?: AbortSignal,
  ): Promise<ClusterKind> {
    const name = group === 'core' ? '' : group;
    assertNotDenied({ group: name, resource: plural }, this.#deny);
    const kinds = await this.#ofGroup(caller, name, signal);
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

  /**
   * Finds a kind by its group and the name of the kind, such as `Deployment`.
   *
   * @param group - empty for the core group
   * @returns undefined if the cluster has no such kind
   * @throws NotAllowedError if the configuration takes the kind away; KubeError or ClusterCallError; the reason of `signal`
   */
  async findNamed(
    caller: KindCaller,
    group: string,
    kind: string,
    signal?: AbortSignal,
  ): Promise<ClusterKind | undefined> {
    const kinds = await this.#ofGroup(caller, group, signal);
    const found = kinds.find(one => one.kind === kind);
    if (found) {
      assertNotDenied({ group, resource: found.plural }, this.#deny);
    }
    return found;
  }

  /** @throws NotAllowedError if the configuration takes the subresource of a kind away */
  assertAllowed(
    { group, plural }: Pick<ClusterKind, 'group' | 'plural'>,
    subresource: string,
  ): void {
    assertNotDenied({ group, resource: plural, subresource }, this.#deny);
  }

  /** @throws KubeError or ClusterCallError */
  all(caller: KindCaller): Promise<readonly ClusterKind[]> {
    return this.#read(caller, 'all', readAllKinds);
  }

  /** @param group - empty for the core group */
  #ofGroup(
    caller: KindCaller,
    group: string,
    signal?: AbortSignal,
  ): Promise<readonly ClusterKind[]> {
    return unlessAborted(
      this.#read(caller, `group ${group}`, (client, deadline) =>
        readGroupKinds(client, group, deadline).catch(error => {
          if (isKubeError(error, 'NotFound')) {
            return [];
          }
          throw error;
        }),
      ),
      signal,
    );
  }

  async #read(
    { userRef, entry: { cluster, token } }: KindCaller,
    part: string,
    read: (
      client: PersonClient,
      deadline: AbortSignal,
    ) => Promise<ClusterKind[]>,
  ): Promise<readonly ClusterKind[]> {
    const key = JSON.stringify([cluster.id, cluster.revision, userRef, part]);
    const now = this.#now();
    const known = this.#known.get(key);
    if (known && now < known.until) {
      return known.kinds;
    }
    const kinds = this.#withDeadline(cluster.name, deadline =>
      read(this.#clients.forPerson(cluster, token), deadline),
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

  /** Several requests of the person may wait for one answer, so the end of one does not end the reading. */
  async #withDeadline(
    cluster: string,
    read: (deadline: AbortSignal) => Promise<ClusterKind[]>,
  ): Promise<readonly ClusterKind[]> {
    const deadlines = new ClusterDeadlines();
    deadlines.endAfter(
      DEADLINE_MS,
      () => `${cluster} did not answer within ${DEADLINE_MS / 1_000} s`,
    );
    try {
      return this.#once(await read(deadlines.signal));
    } finally {
      deadlines.stop();
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
