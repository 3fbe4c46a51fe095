import { KubeClient, KubeObject } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { keyOf, keyText, namespaceKey } from '../keys';
import { concernsWholeCluster } from '../problems';
import { DesiredSubject, InventoryEntry, Observed } from '../types';
import { PullSecretFence } from './PullSecretFence';
import { PullSecrets, VERSION_ANNOTATION } from './PullSecrets';
import { PullSecretVersion, PullSecretVersions } from './types';

/**
 * Berth cannot see whether a Secret that it may not read is still there, so it writes each one again after this time.
 * The API server stores nothing if nothing changed.
 */
const REWRITE_MS = 60 * 60_000;

/** The interval at which to look whether a cluster has the policy now. */
const LOOK_SECONDS = 60;

interface State {
  wanted: DesiredSubject[];
  observed: Observed;
  inventory: InventoryEntry[];
}

export interface PullSecretRun extends State {
  cluster: ClusterRecord;
  client: Pick<KubeClient, 'get'>;
  signal: AbortSignal;
}

export interface PullSecretGateOptions {
  secrets: PullSecrets;
  versions: PullSecretVersions;
  fence: PullSecretFence;
  now?: () => Date;
}

/**
 * Completes the observed state by the Secrets, which Berth never reads: one that Berth wrote recently, with the content
 * that it should have, in the namespace as it is now, counts as observed. On a cluster without the policy that confines
 * the portal, Berth wants none.
 */
export class PullSecretGate {
  readonly #options: PullSecretGateOptions;

  constructor(options: PullSecretGateOptions) {
    this.#options = options;
  }

  /** Returns `pullSecrets` if Berth writes Secrets on the cluster. */
  async featuresOf(
    cluster: ClusterRecord,
    client: Pick<KubeClient, 'get'>,
    signal: AbortSignal,
  ): Promise<string[]> {
    const { secrets, fence } = this.#options;
    const { names } = secrets;
    return names.length > 0 &&
      (await fence.stands(cluster, client, { names, signal }))
      ? ['pullSecrets']
      : [];
  }

  /** @returns the state for the plan, and after how many seconds the next pass is due */
  async pass({
    cluster,
    client,
    signal,
    ...state
  }: PullSecretRun): Promise<State & { lookAfterSeconds?: number }> {
    const { secrets, fence } = this.#options;
    if (!wantsAny(state.wanted)) {
      // What is left could not be deleted, and the portal may have the right later.
      return state.inventory.some(isSecret)
        ? { ...state, lookAfterSeconds: REWRITE_MS / 1_000 }
        : state;
    }
    try {
      const stands = await fence.stands(cluster, client, {
        names: secrets.names,
        signal,
      });
      return stands
        ? {
            ...(await this.#observed(cluster.id, state)),
            lookAfterSeconds: REWRITE_MS / 1_000,
          }
        : { ...withoutSecrets(state), lookAfterSeconds: LOOK_SECONDS };
    } catch (error) {
      signal.throwIfAborted();
      if (concernsWholeCluster(error)) {
        throw error;
      }
      return withFailure(state, error);
    }
  }

  async #observed(clusterId: string, state: State): Promise<State> {
    const { secrets, versions, now = () => new Date() } = this.#options;
    const known = new Map(
      (await versions.list(clusterId)).map(one => [versionKey(one), one]),
    );
    const uids = new Map(
      state.inventory.map(entry => [keyText(entry), entry.uid]),
    );
    const objects = new Map(state.observed.objects);
    const wanted = mapSecrets(state.wanted, secret => {
      const complete = secrets.withVersion(secret);
      const { name, namespace = '' } = secret.metadata;
      const found = known.get(versionKey({ namespace, name }));
      const home = objects.get(keyText(namespaceKey(namespace)));
      const uid = uids.get(keyText(keyOf(secret)));
      if (
        found &&
        uid !== undefined &&
        home?.metadata.uid === found.namespaceUid &&
        now().getTime() - Date.parse(found.writtenAt) < REWRITE_MS
      ) {
        objects.set(
          keyText(keyOf(secret)),
          asWritten(complete, found.version, uid),
        );
      }
      return complete;
    });
    return { ...state, wanted, observed: { ...state.observed, objects } };
  }
}

function wantsAny(wanted: DesiredSubject[]): boolean {
  return wanted.some(({ objects }) => objects.some(isSecret));
}

function isSecret({ kind }: { kind: string }): boolean {
  return kind === 'Secret';
}

function mapSecrets(
  wanted: DesiredSubject[],
  change: (secret: KubeObject) => KubeObject,
): DesiredSubject[] {
  return wanted.map(subject => ({
    ...subject,
    objects: subject.objects.map(object =>
      isSecret(object) ? change(object) : object,
    ),
  }));
}

/** Leaves the Secrets on the cluster as they are. */
function withoutSecrets({ wanted, inventory, observed }: State): State {
  return {
    observed,
    wanted: wanted.map(subject => ({
      ...subject,
      objects: subject.objects.filter(object => !isSecret(object)),
    })),
    inventory: inventory.filter(entry => !isSecret(entry)),
  };
}

/** While the policy cannot be read, nobody gets new access. */
function withFailure(state: State, error: unknown): State {
  const failures = new Map(state.observed.failures);
  for (const secret of state.wanted.flatMap(({ objects }) => objects)) {
    if (isSecret(secret)) {
      failures.set(keyText(keyOf(secret)), error);
    }
  }
  return { ...state, observed: { ...state.observed, failures } };
}

function asWritten(
  secret: KubeObject,
  version: string,
  uid: string,
): KubeObject {
  const { metadata } = secret;
  return {
    ...secret,
    metadata: {
      ...metadata,
      uid,
      annotations: { ...metadata.annotations, [VERSION_ANNOTATION]: version },
    },
  };
}

function versionKey({
  namespace,
  name,
}: Pick<PullSecretVersion, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
