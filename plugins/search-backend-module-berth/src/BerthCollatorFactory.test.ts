import {
  DirectoryApi,
  DirectoryCluster,
  DirectoryNamespace,
} from '@berth/plugin-berth-common';
import { BerthCollatorFactory } from './BerthCollatorFactory';

const CLUSTER: DirectoryCluster = {
  id: '01H',
  name: 'staging',
  title: 'Staging',
  labels: { environment: 'test' },
  visibleTo: [{ group: 'group:default/secret-group' }],
};
const NAMESPACE: DirectoryNamespace = {
  clusterId: '01H',
  cluster: 'staging',
  name: 'shop',
  owner: 'group:default/team-a',
  home: false,
  purpose: 'Selling boats',
  phase: 'Active',
  visibleTo: [{ group: 'group:default/secret-group' }],
};

function directory(broken = false): DirectoryApi {
  return {
    async *directoryClusters() {
      yield [CLUSTER];
    },
    async *directoryNamespaces() {
      yield [NAMESPACE, { ...NAMESPACE, name: 'till' }];
      if (broken) {
        throw new Error('page 2');
      }
      yield [{ ...NAMESPACE, name: 'stock', system: 'system:default/sales' }];
    },
  };
}

describe('BerthCollatorFactory', () => {
  it('contains each namespace, with Berth’s permission for it', async () => {
    const factory = BerthCollatorFactory.forNamespaces({
      directory: directory(),
      visibility: 'policy',
    });

    const documents = await (await factory.getCollator()).toArray();

    expect(factory.type).toBe('berth-namespace');
    expect(factory.visibilityPermission?.name).toBe('berth.namespace.read');
    expect(documents.map(({ authorization }) => authorization)).toEqual([
      { resourceRef: 'staging/shop' },
      { resourceRef: 'staging/till' },
      { resourceRef: 'staging/stock' },
    ]);
    expect(documents[0]).toMatchObject({
      title: 'shop on staging',
      location: '/berth/clusters/staging/namespaces/shop',
      text: expect.stringContaining('Selling boats'),
    });
  });

  it('contains the owner and the system of a namespace as people search for them', async () => {
    const factory = BerthCollatorFactory.forNamespaces({
      directory: directory(),
      visibility: 'policy',
    });

    const documents = await (await factory.getCollator()).toArray();

    expect(documents[2]).toMatchObject({
      title: 'stock on staging',
      text: 'Kubernetes namespace stock on the cluster staging of team-a part of the system sales Selling boats',
      owner: 'group:default/team-a',
      system: 'system:default/sales',
    });
    expect(documents[0]).toMatchObject({ system: '' });
  });

  it('contains each cluster, without the groups that have access', async () => {
    const factory = BerthCollatorFactory.forClusters({
      directory: directory(),
      visibility: 'policy',
    });

    const documents = await (await factory.getCollator()).toArray();

    expect(factory.visibilityPermission?.name).toBe('berth.cluster.read');
    expect(documents).toEqual([
      {
        title: 'Staging',
        text: 'Kubernetes cluster staging environment=test',
        location: '/berth/clusters/staging',
        labels: 'environment=test',
        authorization: { resourceRef: 'staging' },
      },
    ]);
  });

  it('asks no policy if everybody can find them', () => {
    const options = {
      directory: directory(),
      visibility: 'everybody' as const,
    };

    expect(
      BerthCollatorFactory.forClusters(options).visibilityPermission,
    ).toBeUndefined();
    expect(
      BerthCollatorFactory.forNamespaces(options).visibilityPermission,
    ).toBeUndefined();
  });

  it('fails as a whole when a page fails, so that the index does not change', async () => {
    const collator = await BerthCollatorFactory.forNamespaces({
      directory: directory(true),
      visibility: 'policy',
    }).getCollator();

    await expect(collator.toArray()).rejects.toThrow('page 2');
  });
});
