import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { testClient } from './__testUtils__/testClient';

describeWithControlPlane('the client on a real control plane', () => {
  testClient(() => ControlPlane.start());
});
