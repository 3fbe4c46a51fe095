import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { testAgainstCluster } from '../../__testUtils__/testAgainstCluster';

describeWithControlPlane('the reconciler on a real control plane', () => {
  testAgainstCluster(() => ControlPlane.start());
});
