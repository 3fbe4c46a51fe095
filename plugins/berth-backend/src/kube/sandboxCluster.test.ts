import { SandboxCluster } from '@berth/cluster-sandbox';
import { testClient } from './__testUtils__/testClient';

describe('the client on a sandbox cluster', () => {
  testClient(() => SandboxCluster.start({ name: 'spoken-to' }));
});
