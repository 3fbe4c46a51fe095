import { choosePortal, signedInDevice } from '../device/knownPortals';
import { removeFromKubeconfig, setUpKubeconfig } from './setUpKubeconfig';
import { Command } from './types';

export const setup: Command = {
  help: `Usage: kubectl berth setup [PORTAL]

Adds the clusters that are shared with you to the kubeconfig, updates them, and removes those that are not shared
with you any more. Leaves everything else in the file as it is.

  PORTAL             address of the portal; the one that you are signed in to by default
  --kubeconfig FILE  the file to change; the first one of KUBECONFIG or ~/.kube/config by default
  --remove           only remove the portal's clusters from the file
`,
  positionals: 1,
  options: {
    kubeconfig: { type: 'string' },
    remove: { type: 'boolean' },
  },
  async run({ kubeconfig, remove }, [named]) {
    const portal = choosePortal(named, 'setup');
    if (remove === true) {
      await removeFromKubeconfig(portal, kubeconfig);
    } else {
      await setUpKubeconfig(signedInDevice(portal), kubeconfig);
    }
  },
};
