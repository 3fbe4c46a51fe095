import { SandboxCluster } from '@berth/cluster-sandbox';
import { ControlPlane } from '@berth/control-plane';
import { testFollowing } from '../../../__testUtils__/testFollowing';

/** The same tests run on a real control plane where there is one. To run them twice proves nothing more. */
const isNeeded = ControlPlane.version() === undefined;

(isNeeded ? describe : describe.skip)(
  'following a sandbox cluster (where there is no real control plane)',
  () => {
    testFollowing(() => SandboxCluster.start({ name: 'followed' }));
  },
);
