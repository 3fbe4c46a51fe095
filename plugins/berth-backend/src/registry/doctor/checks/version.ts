import { isKubeError } from '../../../kube';
import { Check } from '../types';

/** Checks that a Kubernetes API server answers. Most report their version without authentication. */
export const versionCheck: Check = {
  id: 'version',
  title: 'Kubernetes API',
  needs: ['tls'],
  async run({ anonymous, cluster, signal }) {
    try {
      const { gitVersion } = await anonymous.version({ signal });
      return {
        status: 'Passed',
        message: `Kubernetes ${gitVersion}`,
        facts: { version: gitVersion },
      };
    } catch (error) {
      if (
        isKubeError(error, 'Unauthorized') ||
        isKubeError(error, 'Forbidden')
      ) {
        return {
          status: 'Passed',
          message:
            'An API server that does not report its version without authentication',
          facts: { version: cluster.status.version },
        };
      }
      throw error;
    }
  },
};
