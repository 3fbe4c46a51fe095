import { mockServices } from '@backstage/backend-test-utils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  KubeClient,
  KubeObject,
  NAMESPACES,
  ROLE_BINDINGS,
} from '../kube';
import { CLUSTER } from './__testUtils__/fakes';
import { ClusterLeftoverResources } from './ClusterLeftoverResources';
import { ownLabels } from './desired';
import { InventoryEntry, RoleBindingObject } from './types';

jest.setTimeout(60_000);

describe('ClusterLeftoverResources', () => {
  let sandbox: SandboxCluster;
  let clients: DefaultKubeClientFactory;
  let admin: KubeClient;
  let count = 0;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'cleaned-up' });
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

  async function setUp() {
    const namespace = `team-${count++}`;
    const created = await admin.create<KubeObject>(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    const bind = (name: string, labels = ownLabels(CLUSTER.id)) =>
      admin.create<RoleBindingObject>(ROLE_BINDINGS, {
        apiVersion: ROLE_BINDINGS.apiVersion,
        kind: 'RoleBinding',
        metadata: { namespace, name, labels },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: 'admin',
        },
      });
    const entry = (name: string, uid?: string): InventoryEntry => ({
      kind: 'RoleBinding',
      namespace,
      name,
      ...(uid !== undefined && { uid }),
    });
    const ours = await bind('berth:admin:ours');
    const inventory: InventoryEntry[] = [
      {
        kind: 'Namespace',
        namespace: '',
        name: namespace,
        uid: created.metadata.uid,
      },
      entry('berth:admin:ours', ours.metadata.uid),
      entry('berth:admin:intended'),
      entry('berth:admin:gone', '00000000-0000-4000-8000-000000000000'),
    ];
    const logger = mockServices.logger.mock();
    const cleaner = (client = admin) =>
      new ClusterLeftoverResources({
        connect: () => client,
        inventory: {
          list: async () => inventory,
          intend: async () => {},
          record: async () => {},
        },
        logger,
        settleMs: 1_500,
      });
    const bindings = async () => {
      const found: string[] = [];
      for await (const { metadata } of admin.list(ROLE_BINDINGS, {
        namespace,
      })) {
        found.push(metadata.name);
      }
      return found.sort();
    };
    return { bind, bindings, cleaner, entry, inventory, logger, namespace };
  }

  it('lists what stays and what would be deleted', async () => {
    const { cleaner, namespace } = await setUp();
    await expect(cleaner().list(CLUSTER)).resolves.toEqual({
      items: [
        { kind: 'Namespace', namespace: '', name: namespace, removable: false },
        {
          kind: 'RoleBinding',
          namespace,
          name: 'berth:admin:gone',
          removable: true,
        },
        {
          kind: 'RoleBinding',
          namespace,
          name: 'berth:admin:ours',
          removable: true,
        },
      ],
      totalItems: 3,
      reachable: true,
    });
  });

  it('S35 deletes what a worker had begun to create when the cluster was forgotten', async () => {
    const { bind, bindings, cleaner } = await setUp();
    const late: Promise<unknown>[] = [];
    const comeBack = async (name: string, milliseconds: number) => {
      await new Promise(resolve => setTimeout(resolve, milliseconds));
      await bind(name);
    };
    await cleaner().cleanUp(CLUSTER, async () => {
      late.push(
        comeBack('berth:admin:ours', 200),
        comeBack('berth:admin:intended', 900),
      );
    });
    await Promise.all(late);
    await expect(bindings()).resolves.toEqual([]);
  });

  it('S35 removes the role bindings of the inventory, and nothing else', async () => {
    const { bind, bindings, cleaner, entry, inventory, namespace } =
      await setUp();
    await bind('berth:admin:strangers');
    await bind('berth:admin:replaced', {});
    inventory.push(
      entry('berth:admin:replaced', '00000000-0000-4000-8000-000000000001'),
    );
    const forget = jest.fn();
    const removed = await cleaner().cleanUp(CLUSTER, forget);
    expect(removed.map(({ name }) => name)).toContain('berth:admin:ours');
    expect(forget).toHaveBeenCalledTimes(1);
    await expect(bindings()).resolves.toEqual([
      'berth:admin:replaced',
      'berth:admin:strangers',
    ]);
    await expect(
      admin.get(NAMESPACES, { name: namespace }),
    ).resolves.toBeDefined();
  });

  it('deletes again what the worker created before the cluster was forgotten', async () => {
    const { bind, bindings, cleaner } = await setUp();
    await cleaner().cleanUp(CLUSTER, async () => {
      await bind('berth:admin:ours');
    });
    await expect(bindings()).resolves.toEqual([]);
  });

  it('deletes nothing and forgets nothing while the cluster is out of reach', async () => {
    const { bindings, cleaner } = await setUp();
    const nobody = clients.create(
      { ...sandbox, apiServer: 'https://127.0.0.1:1', caPem: sandbox.caPem },
      async () => 'token',
    );
    const forget = jest.fn();
    await expect(cleaner(nobody).list(CLUSTER)).resolves.toMatchObject({
      totalItems: 3,
      reachable: false,
      message: expect.stringMatching(/does not answer, so nothing can be rem/),
    });
    await expect(cleaner(nobody).cleanUp(CLUSTER, forget)).rejects.toThrow(
      /2 of 2 role bindings could not be removed .* so it stays registered/,
    );
    expect(forget).not.toHaveBeenCalled();
    await expect(bindings()).resolves.toEqual(['berth:admin:ours']);
  });
});
