import { SandboxCluster } from '@berth/cluster-sandbox';
import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeTarget,
} from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { readVersion } from './readVersion';

const START_MS = 180_000;

interface TestedCluster extends KubeTarget {
  stop(): Promise<void>;
}

function testReadVersion(start: () => Promise<TestedCluster>) {
  let tested: TestedCluster;
  const clients = DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'berth',
  });

  beforeAll(async () => {
    tested = await start();
  }, START_MS);

  afterAll(async () => {
    await clients.close();
    await tested?.stop();
  }, START_MS);

  it('reads the version without a token', async () => {
    const { apiServer, caPem } = tested;
    const record = { apiServer, caPem, status: { state: 'Pending' } };
    await expect(
      readVersion(record as ClusterRecord, clients),
    ).resolves.toMatch(/^v1\.\d+\./);
  });
}

describe('readVersion on a sandbox cluster', () => {
  testReadVersion(() => SandboxCluster.start({ name: 'asked' }));
});

describeWithControlPlane('readVersion on a real control plane', () => {
  testReadVersion(() => ControlPlane.start());
});
