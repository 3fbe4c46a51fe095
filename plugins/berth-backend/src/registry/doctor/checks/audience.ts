import { isKubeError, KubeClient } from '../../../kube';
import { ClusterRecord } from '../../types';
import { skipped } from '../runChecks';
import { Check } from '../types';

export interface AudienceCheckOptions {
  /** Speaks as the portal, but with a token for a cluster that is none. */
  asStranger: (cluster: ClusterRecord) => KubeClient;
}

/**
 * Whether the API server looks at the audience. One that does not would accept what other clusters were
 * given for themselves.
 */
export function audienceCheck({ asStranger }: AudienceCheckOptions): Check {
  return {
    id: 'audience',
    title: 'Audience',
    needs: ['token'],
    async run({ cluster, signal }) {
      if (cluster.connection !== 'oidc') {
        return skipped(
          "The portal comes with the cluster's own credential, whose audience is the cluster's matter",
        );
      }
      try {
        await asStranger(cluster).version({ signal });
      } catch (error) {
        if (isKubeError(error, 'Unauthorized')) {
          return {
            status: 'Passed',
            message: `Tokens for ${cluster.id} are accepted, and tokens for others refused`,
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
          'The API server accepts a token of the portal that is for another audience',
        hint: `Let it accept the audience ${cluster.id} and no other: it must be the only one in --oidc-client-id, or in the audiences of its AuthenticationConfiguration`,
      };
    },
  };
}
