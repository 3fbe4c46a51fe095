import { SandboxCluster } from '@berth/cluster-sandbox';
import { testAgainstCluster } from '../../__testUtils__/testAgainstCluster';

describe('the reconciler on a sandbox cluster', () => {
  testAgainstCluster(() => SandboxCluster.start({ name: 'reconciled' }));
});
