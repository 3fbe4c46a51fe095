import { Problem } from '../Problem';
import { credential } from './credential';
import { Command } from './types';

/** The kubeconfig has this command; a person has no need of it. */
export const credentialCommand: Command = {
  help: `Usage: kubectl-berth credential --portal=URL --cluster=NAME --cluster-id=ID

Prints a token for a cluster as an ExecCredential. kubectl runs this command by the kubeconfig that
"kubectl berth setup" writes. The command never prompts and never opens a browser.

  --portal URL      address of the portal
  --cluster NAME    name of the cluster
  --cluster-id ID   ID of the cluster, so that another cluster of the same name gets no token
  --verbose         print the ID of the token to stderr
`,
  options: {
    portal: { type: 'string' },
    cluster: { type: 'string' },
    'cluster-id': { type: 'string' },
    verbose: { type: 'boolean' },
  },
  async run({ portal, cluster, 'cluster-id': clusterId, verbose }) {
    if (
      typeof portal !== 'string' ||
      typeof cluster !== 'string' ||
      typeof clusterId !== 'string' ||
      !/^[0-9A-Za-z]{1,64}$/.test(clusterId)
    ) {
      throw new Problem(
        'credential needs --portal, --cluster and --cluster-id. Run: kubectl berth setup',
      );
    }
    await credential({ portal, cluster, clusterId, verbose: verbose === true });
  },
};
