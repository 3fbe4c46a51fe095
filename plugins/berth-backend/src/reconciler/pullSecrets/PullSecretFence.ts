import { LRUCache } from 'lru-cache';
import {
  ADMISSION_POLICIES,
  ADMISSION_POLICY_BINDINGS,
  isKubeError,
  KubeClient,
  KubeObject,
  KubeResource,
} from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { includesFields } from '../../model/includesFields';
import { pullSecretPolicy } from '../../model/pullSecrets';

const KEEP_MS = 60_000;
const MAX_CLUSTERS = 10_000;

/** Reads whether a cluster has the policy that confines what the portal can do with Secrets. */
export class PullSecretFence {
  readonly #standing: LRUCache<string, boolean>;

  constructor(now?: () => number) {
    this.#standing = new LRUCache({
      max: MAX_CLUSTERS,
      ttl: KEEP_MS,
      ttlResolution: 0,
      ...(now && { perf: { now } }),
    });
  }

  /** @throws KubeError if the cluster does not answer */
  async stands(
    cluster: ClusterRecord,
    client: Pick<KubeClient, 'get'>,
    { names, signal }: { names: string[]; signal: AbortSignal },
  ): Promise<boolean> {
    const key = JSON.stringify([cluster.id, cluster.groupsPrefix, names]);
    const known = this.#standing.get(key);
    if (known !== undefined) {
      return known;
    }
    const [policy, binding] = pullSecretPolicy({
      groupsPrefix: cluster.groupsPrefix,
      serviceAccount: cluster.connection === 'serviceAccount',
      names,
    });
    const stands =
      (await isThere(client, ADMISSION_POLICIES, policy.object, signal)) &&
      (await isThere(
        client,
        ADMISSION_POLICY_BINDINGS,
        binding.object,
        signal,
      ));
    this.#standing.set(key, stands);
    return stands;
  }
}

/** Without the feature, the portal may not read the policy; an older API server does not have the kind. */
async function isThere(
  client: Pick<KubeClient, 'get'>,
  resource: KubeResource,
  { metadata, spec }: { metadata?: { name?: string }; spec?: object },
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const found = await client.get<KubeObject & { spec?: object }>(
      resource,
      { name: metadata?.name ?? '' },
      { signal },
    );
    return (
      found !== undefined &&
      found.metadata.deletionTimestamp === undefined &&
      includesFields(found.spec, spec)
    );
  } catch (error) {
    if (isKubeError(error, 'Forbidden') || isKubeError(error, 'NotFound')) {
      return false;
    }
    throw error;
  }
}
