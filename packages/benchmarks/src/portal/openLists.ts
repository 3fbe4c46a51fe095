import { AddressPolicy, DefaultKubeClientFactory } from '../backend';

/** What lists of clusters take. */
export interface ListedClusters {
  apiServers: string[];
  caPem: string;
  /** The token of the person on all clusters. */
  token?: string;
  /** The namespaces that a member holds on each cluster. */
  namespaces: string[];
  version?: string;
}

/**
 * Returns what the lists of a portal need, where who may see what is decided at once. The bearer `admin` is a platform
 * admin, and any other is a member.
 */
export function openLists({
  apiServers,
  caPem,
  token = 'token',
  namespaces,
  version = 'v1.30.0',
}: ListedClusters) {
  const clients = DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'berth',
  });
  const clusters = apiServers.map((apiServer, index) => ({
    id: `id-${index}`,
    name: `prod${String(index).padStart(2, '0')}`,
    revision: 1,
    status: { version },
    apiServer,
    caPem,
  }));
  const held = clusters.flatMap(cluster =>
    namespaces.map(name => ({
      cluster,
      namespace: { name },
      grants: [{ shared: true }],
    })),
  );
  const isNamed = (names: string[] | undefined, name: string) =>
    !names || names.includes(name);
  return {
    access: {
      caller: async (request: { headers: { authorization?: string } }) => ({
        person: {
          userRef: `user:default/${request.headers.authorization}`,
          admin: request.headers.authorization === 'Bearer admin',
        },
      }),
    },
    clients,
    deny: [],
    entries: {
      enterAll: async (_: unknown, names?: string[]) => ({
        entered: clusters
          .filter(({ name }) => isNamed(names, name))
          .map(cluster => ({
            cluster,
            token,
            expiresAt: new Date(Date.now() + 600_000),
          })),
        refused: [],
      }),
    },
    namespaceAccess: {
      list: async (_: unknown, search: { clusters?: string[] }) => ({
        items: held.filter(({ cluster: { name } }) =>
          isNamed(search.clusters, name),
        ),
      }),
    },
    streams: { addPerson: () => () => {} },
  };
}
