import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { testViews } from './__testUtils__/testViews';

describeWithControlPlane('the resource views on a real control plane', () => {
  testViews(() => ControlPlane.start());
});
