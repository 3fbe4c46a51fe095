import { Abilities } from '@berth/plugin-berth-common';
import { LRUCache } from 'lru-cache';
import { Entry } from '../../access/ClusterEntries';
import { KubeError, PersonClient, PersonClients } from '../../kube';
import { isRecord } from '../values';

const FRESH_MS = 60_000;
const MAX_ENTRIES = 2_000;
const MAX_RULES = 2_000;
const MAX_NAMES = 500;
const MAX_BYTES = 1024 * 1024;
/** The rules in a namespace that does not exist are those of the whole cluster. */
const NO_NAMESPACE = 'berth-rules-of-the-whole-cluster';

/** What a person may do in a namespace. */
export type Rules = Omit<Abilities, 'canWrite'>;

/** Asks clusters what people may do, and knows each answer for a minute, for the person that it is about. */
export class AbilityReader {
  readonly #clients: PersonClients;
  readonly #known: LRUCache<string, Promise<Rules>>;

  constructor(options: { clients: PersonClients; freshMs?: number }) {
    this.#clients = options.clients;
    this.#known = new LRUCache({
      max: MAX_ENTRIES,
      ttl: options.freshMs ?? FRESH_MS,
    });
  }

  /**
   * @param namespace - the whole cluster by default
   * @throws KubeError
   */
  async read(
    userRef: string,
    { cluster, token }: Pick<Entry, 'cluster' | 'token'>,
    namespace: string = NO_NAMESPACE,
  ): Promise<Rules> {
    const key = JSON.stringify([
      cluster.id,
      cluster.revision,
      userRef,
      namespace,
    ]);
    const known = this.#known.get(key);
    if (known) {
      return known;
    }
    const rules = readRules(this.#clients.forPerson(cluster, token), namespace);
    this.#known.set(key, rules);
    try {
      return await rules;
    } catch (error) {
      this.#known.delete(key);
      throw error;
    }
  }
}

/**
 * Asks a cluster what the person may do in a namespace.
 *
 * @throws KubeError
 */
export async function readRules(
  client: PersonClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<Rules> {
  const answer = await client.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: {
      contentType: 'application/json',
      content: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectRulesReview',
        spec: { namespace },
      },
    },
    maxBytes: MAX_BYTES,
    ...(signal && { signal }),
  });
  const status = isRecord(answer) ? answer.status : undefined;
  if (!isRecord(status)) {
    throw new KubeError(
      'Protocol',
      `${client.server} does not answer what the token may do`,
    );
  }
  const given = Array.isArray(status.resourceRules)
    ? status.resourceRules.filter(isRecord)
    : [];
  return {
    rules: given.slice(0, MAX_RULES).map(rule => ({
      groups: texts(rule.apiGroups),
      resources: texts(rule.resources),
      names: texts(rule.resourceNames),
      verbs: texts(rule.verbs),
    })),
    incomplete: status.incomplete === true || given.length > MAX_RULES,
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value
        .filter(
          (item): item is string =>
            typeof item === 'string' && item.length <= 253,
        )
        .slice(0, MAX_NAMES)
    : [];
}
