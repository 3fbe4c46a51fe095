import { isKubeError, KubeClient, KubeResource } from '../../../kube';
import { ClusterRecord } from '../../../model/clusters';
import { RUNTIME_CLASSES, STORAGE_CLASSES } from '../resources';
import { skipped } from '../runChecks';
import { Check } from '../types';

export interface ClassesCheckOptions {
  /** Authenticates with a token that has only the group that is in every token. */
  asScopeOnly: (cluster: ClusterRecord) => KubeClient;
}

/** Checks that people with access to the cluster can list its storage and runtime classes. */
export function classesCheck({ asScopeOnly }: ClassesCheckOptions): Check {
  return {
    id: 'classes',
    title: 'Storage and runtime classes',
    needs: ['token'],
    async run({ cluster, signal }) {
      if (cluster.connection !== 'oidc') {
        return skipped(
          'People use other credentials than tokens of the portal on this cluster',
        );
      }
      const client = asScopeOnly(cluster);
      try {
        const storage = await count(client, STORAGE_CLASSES, signal);
        const runtime = await count(client, RUNTIME_CLASSES, signal);
        return {
          status: 'Passed',
          message: `People with access can read them: ${storage} and ${runtime}`,
        };
      } catch (error) {
        if (isKubeError(error, 'Forbidden')) {
          return {
            status: 'Failed',
            cause: 'Forbidden',
            message: `People with access cannot read them: ${error.message}`,
            hint: 'Apply the onboarding manifest again: the group cluster-scope is not bound to the ClusterRole berth:cluster-scope',
          };
        }
        throw error;
      }
    },
  };
}

/** Returns text in any case, because an API group that the version lacks is not an error. */
async function count(
  client: KubeClient,
  resource: KubeResource,
  signal: AbortSignal,
): Promise<string> {
  let found = 0;
  try {
    for await (const _ of client.list(resource, {}, { signal })) {
      found += 1;
    }
  } catch (error) {
    if (isKubeError(error, 'NotFound')) {
      return `no ${resource.plural} in this version`;
    }
    throw error;
  }
  return `${found} ${resource.plural}`;
}
