import { SandboxCluster } from '@berth/cluster-sandbox';
import { testViews } from './__testUtils__/testViews';

describe('the resource views on a sandbox cluster', () => {
  testViews(() => SandboxCluster.start({ name: 'viewed' }));
});
