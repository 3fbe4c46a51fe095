import { SandboxCluster } from '@berth/cluster-sandbox';
import { testFollowing } from '../../../__testUtils__/testFollowing';

describe('following a sandbox cluster', () => {
  testFollowing(() => SandboxCluster.start({ name: 'followed' }));
});
