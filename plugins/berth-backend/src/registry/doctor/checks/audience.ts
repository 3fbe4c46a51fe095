import { isKubeError, KubeClient } from '../../../kube';
import { ClusterRecord } from '../../../model/clusters';
import { skipped } from '../runChecks';
import { Check } from '../types';

export interface AudienceCheckOptions {
  /** Authenticates with a token of the portal for a cluster that does not exist. */
  withForeignAudience: (cluster: ClusterRecord) => KubeClient;
}

/**
 * Checks that the API server verifies the audience. Otherwise it would accept tokens for other clusters.
 */
export function audienceCheck({
  withForeignAudience,
}: AudienceCheckOptions): Check {
  return {
    id: 'audience',
    title: 'Audience',
    needs: ['token'],
    async run({ cluster, signal }) {
      if (cluster.connection !== 'oidc') {
        return skipped(
          'The portal uses a credential of the cluster, and the cluster decides on its audience',
        );
      }
      try {
        await withForeignAudience(cluster).version({ signal });
      } catch (error) {
        if (isKubeError(error, 'Unauthorized')) {
          return {
            status: 'Passed',
            message: `Tokens for ${cluster.id} are accepted, and tokens for other clusters are refused`,
          };
        }
        if (!isKubeError(error, 'Forbidden')) {
          throw error;
        }
      }
      return {
        status: 'Failed',
        cause: 'AudienceNotChecked',
        message:
          'The API server accepts a token of the portal for another audience',
        hint: `Configure the audience ${cluster.id} and no other: it must be the only one in --oidc-client-id, or in the audiences of its AuthenticationConfiguration`,
      };
    },
  };
}
