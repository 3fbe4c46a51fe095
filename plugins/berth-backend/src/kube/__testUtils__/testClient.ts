/* eslint-disable jest/no-export -- test cases that two test files share */
import { AddressPolicy } from '@berth/plugin-berth-node';
import { DefaultKubeClientFactory } from '../DefaultKubeClientFactory';
import { NAMESPACES, NODES, SELF_SUBJECT_ACCESS_REVIEWS } from '../resources';
import { KubeClient, KubeObject, KubeResource, KubeTarget } from '../types';

const START_MS = 180_000;
const CASE_MS = 60_000;

const CONFIG_MAPS: KubeResource = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
};

interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

interface TestedCluster extends KubeTarget {
  adminToken: string;
  stop(): Promise<void>;
}

/** Tests the client against an actual or simulated Kubernetes API server. */
export function testClient(start: () => Promise<TestedCluster>) {
  let tested: TestedCluster;
  let clients: DefaultKubeClientFactory;
  let client: KubeClient;
  let count = 0;

  beforeAll(async () => {
    tested = await start();
    clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    client = clients.create(tested, async () => tested.adminToken);
  }, START_MS);

  afterAll(async () => {
    await clients?.close();
    await tested?.stop();
  }, START_MS);

  const configMap = (data?: ConfigMap['data'], more = {}): ConfigMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'default', name: `case-${++count}`, ...more },
    data,
  });
  const names = async (
    selection: Parameters<KubeClient['list']>[1],
    resource = CONFIG_MAPS,
  ) => {
    const found: string[] = [];
    for await (const item of client.list(resource, selection)) {
      found.push(item.metadata.name);
    }
    return found;
  };

  it('reads the version and lists nodes', async () => {
    const { gitVersion } = await client.version();
    expect(gitVersion).toMatch(/^v1\.\d+\.\d+/);
    await expect(names({}, NODES)).resolves.toEqual(expect.any(Array));
  });

  it('creates, gets and refuses to create twice', async () => {
    const object = configMap({ a: '1' });
    const created = await client.create(CONFIG_MAPS, object);
    expect(created.metadata.uid).toMatch(/^[\w-]{36}$/);
    await expect(
      client.get<ConfigMap>(CONFIG_MAPS, object.metadata),
    ).resolves.toMatchObject({ data: { a: '1' }, metadata: created.metadata });
    await expect(client.create(CONFIG_MAPS, object)).rejects.toMatchObject({
      failure: 'Conflict',
      reason: 'AlreadyExists',
    });
  });

  it('applies over what another field manager wrote, and keeps what is not its own', async () => {
    const object = configMap({ a: '1', b: '2' });
    await client.create(CONFIG_MAPS, object);
    const applied = await client.apply<ConfigMap>(CONFIG_MAPS, {
      ...object,
      data: { a: 'ours' },
    });
    expect(applied.data).toEqual({ a: 'ours', b: '2' });
    const again = await client.apply<ConfigMap>(CONFIG_MAPS, {
      ...object,
      data: { a: 'ours' },
    });
    expect(again.metadata.resourceVersion).toBe(
      applied.metadata.resourceVersion,
    );
  });

  it('S35 deletes only the object of the given UID', async () => {
    const object = configMap();
    const { metadata } = await client.create(CONFIG_MAPS, object);
    await expect(
      client.delete(CONFIG_MAPS, metadata, {
        uid: '00000000-0000-4000-8000-000000000000',
      }),
    ).rejects.toMatchObject({ failure: 'Conflict' });
    const uid = metadata.uid ?? '';
    await expect(client.delete(CONFIG_MAPS, metadata, { uid })).resolves.toBe(
      true,
    );
    await expect(client.delete(CONFIG_MAPS, metadata, { uid })).resolves.toBe(
      false,
    );
    await expect(client.get(CONFIG_MAPS, metadata)).resolves.toBeUndefined();
  });

  it('finds nothing in a namespace that does not exist, and cannot create there', async () => {
    const object = configMap(undefined, { namespace: 'nowhere' });
    await expect(
      client.get(CONFIG_MAPS, object.metadata),
    ).resolves.toBeUndefined();
    await expect(client.create(CONFIG_MAPS, object)).rejects.toMatchObject({
      failure: 'NotFound',
    });
  });

  it('does not take a missing API group for an absent object', async () => {
    const unknown = { ...CONFIG_MAPS, apiVersion: 'nothing.example.com/v1' };
    await expect(
      client.get(unknown, { namespace: 'default', name: 'x' }),
    ).rejects.toMatchObject({ failure: 'NotFound' });
  });

  it(
    'lists more than a page, each object once, and only what was selected',
    async () => {
      const namespace = 'many';
      await client.create(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      const made = Array.from({ length: 1_030 }, (_, index) => `n-${index}`);
      await Promise.all(
        made.map((name, index) =>
          client.create(
            CONFIG_MAPS,
            configMap(undefined, {
              name,
              namespace,
              labels: { half: String(index % 2) },
            }),
          ),
        ),
      );
      const listed = (await names({ namespace })).filter(
        name => name !== 'kube-root-ca.crt',
      );
      expect(listed.sort()).toEqual(made.sort());
      await expect(
        names({ namespace, labelSelector: 'half=1' }),
      ).resolves.toHaveLength(515);
      expect(await names({ labelSelector: 'half' })).toHaveLength(1_030);
    },
    CASE_MS,
  );

  it('says that a token is refused', async () => {
    const stranger = clients.create(tested, async () => 'not-a-token-at-all');
    const call = stranger.get(NAMESPACES, { name: 'default' });
    await expect(call).rejects.toMatchObject({ failure: 'Unauthorized' });
    await expect(call).rejects.toThrow('refuses the token (401)');
  });

  it('has a review answered', async () => {
    const may = (resource: string) =>
      client.review(SELF_SUBJECT_ACCESS_REVIEWS, {
        resourceAttributes: { verb: 'list', resource },
      });
    expect(await may('nodes')).toMatchObject({ allowed: true });
    await expect(
      client.review(SELF_SUBJECT_ACCESS_REVIEWS, {}),
    ).rejects.toMatchObject({ failure: 'Invalid' });
  });

  it('says why an object is invalid', async () => {
    await expect(
      client.create(CONFIG_MAPS, configMap(undefined, { name: 'Not A Name' })),
    ).rejects.toMatchObject({
      failure: 'Invalid',
      status: 422,
      message: expect.stringContaining('metadata.name'),
    });
  });
}
