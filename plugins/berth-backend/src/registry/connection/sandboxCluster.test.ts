import { SandboxCluster } from '@berth/cluster-sandbox';
import { testServiceAccount } from '../../../__testUtils__/testServiceAccount';

describe('the strategy serviceAccount on a sandbox cluster', () => {
  testServiceAccount(() => SandboxCluster.start({ name: 'by-account' }));
});
