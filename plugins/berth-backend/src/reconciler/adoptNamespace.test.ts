import { SandboxCluster } from '@berth/cluster-sandbox';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeClient,
  NAMESPACES,
} from '../kube';
import { adoptNamespace } from './adoptNamespace';
import { CLUSTER_ID_LABEL, ownLabels } from './desired';
import { NamespaceObject } from './types';

jest.setTimeout(60_000);

const CLUSTER = { id: '01JADOPTADOPTADOPTADOPTADO', name: 'prod' };

describe('adoptNamespace', () => {
  let sandbox: SandboxCluster;
  let clients: DefaultKubeClientFactory;
  let admin: KubeClient;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'adoption' });
    clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    admin = clients.create(sandbox, async () => sandbox.adminToken);
  });

  afterAll(async () => {
    await clients?.close();
    await sandbox?.stop();
  });

  const make = (metadata: NamespaceObject['metadata']) =>
    admin.create<NamespaceObject>(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata,
    });
  const read = (name: string) =>
    admin.get<NamespaceObject>(NAMESPACES, { name });

  it('labels the existing namespace, keeps other labels, and can be repeated', async () => {
    const { metadata } = await make({
      name: 'legacy',
      labels: { tier: 'gold' },
    });
    for (let time = 0; time < 2; time++) {
      expect(await adoptNamespace(admin, CLUSTER, 'legacy')).toBe(metadata.uid);
      expect((await read('legacy'))?.metadata.labels).toMatchObject({
        tier: 'gold',
        ...ownLabels(CLUSTER.id),
      });
    }
  });

  it('creates no namespace', async () => {
    expect(await adoptNamespace(admin, CLUSTER, 'absent')).toBeUndefined();
    expect(await read('absent')).toBeUndefined();
  });

  it("leaves another portal's namespace alone", async () => {
    await make({ name: 'theirs', labels: ownLabels('ANOTHER') });
    await expect(
      adoptNamespace(admin, CLUSTER, 'theirs'),
    ).rejects.toHaveProperty(
      'message',
      expect.stringMatching(
        /Another portal or another registration.*is ANOTHER/,
      ),
    );
    const labels = (await read('theirs'))?.metadata.labels;
    expect(labels?.[CLUSTER_ID_LABEL]).toBe('ANOTHER');
  });

  it('leaves a namespace alone that is being deleted', async () => {
    const { metadata } = await make({
      name: 'going',
      finalizers: ['example.com/keep'],
    } as NamespaceObject['metadata']);
    await admin.delete(NAMESPACES, metadata, { uid: metadata.uid ?? '' });
    await expect(
      adoptNamespace(admin, CLUSTER, 'going'),
    ).rejects.toHaveProperty(
      'message',
      expect.stringContaining('is being deleted'),
    );
  });
});
