import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { testServiceAccount } from '../../../__testUtils__/testServiceAccount';

describeWithControlPlane(
  'the strategy serviceAccount on a real control plane',
  () => {
    testServiceAccount(() => ControlPlane.start());
  },
);
