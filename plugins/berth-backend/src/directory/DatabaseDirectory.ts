import { DirectoryGroup, DirectoryHolder } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { readPage } from '../database/readPage';
import { ClusterStore, ShareRecord, ShareStore } from '../model/clusters';
import { PageRequest } from '../model/paging';
import {
  GrantStore,
  GrantWithShare,
  NamespaceKey,
  PersonalNamespaceStore,
} from '../model/tenancy';
import { Directory } from './types';

export interface DatabaseDirectoryOptions {
  clusters: Pick<ClusterStore, 'list'>;
  grants: Pick<GrantStore, 'listByNamespaces'>;
  database: Knex;
  personal: Pick<PersonalNamespaceStore, 'listByNamespaces'>;
  shares: Pick<ShareStore, 'list'>;
  now?: () => Date;
}

interface NamespaceRow {
  cluster_id: string;
  cluster: string;
  name: string;
  owner_ref: string | null;
  system_ref: string | null;
  origin: string;
  purpose: string | null;
  phase: string;
}

/** Pages by the key of the last item, so that every page of namespaces costs the same. */
export class DatabaseDirectory implements Directory {
  readonly #options: DatabaseDirectoryOptions;
  readonly #now: () => Date;

  static create(options: DatabaseDirectoryOptions): DatabaseDirectory {
    return new DatabaseDirectory(options);
  }

  private constructor(options: DatabaseDirectoryOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  async clusters(request: PageRequest) {
    const { clusters, database, shares } = this.#options;
    const page = await readPage<{ id: string }>(
      {
        keys: [{ sql: 'id', of: ({ id }) => id }],
        read: inPage => database('clusters').select('id').modify(inPage),
      },
      request,
    );
    const ids = page.items.map(({ id }) => id);
    const known = new Map((await clusters.list()).map(it => [it.id, it]));
    const shared = await shares.list(ids);
    return {
      ...page,
      items: ids.flatMap(id => {
        const { name, title, labels, links } = known.get(id) ?? {};
        return name === undefined
          ? []
          : {
              id,
              name,
              ...(title !== undefined && { title }),
              ...(labels !== undefined && { labels }),
              ...(links !== undefined && { links }),
              visibleTo: shared
                .filter(({ clusterId }) => clusterId === id)
                .map(directoryGroup),
            };
      }),
    };
  }

  async namespaces(request: PageRequest) {
    const { database, grants } = this.#options;
    const page = await readPage<NamespaceRow>(
      {
        keys: [
          { sql: 'namespaces.cluster_id', of: row => row.cluster_id },
          { sql: 'namespaces.name', of: row => row.name },
        ],
        read: inPage =>
          database('namespaces')
            .join('clusters', 'clusters.id', 'namespaces.cluster_id')
            .select('namespaces.*', 'clusters.name as cluster')
            .modify(inPage),
      },
      request,
    );
    const keys = page.items.map(row => ({
      clusterId: row.cluster_id,
      name: row.name,
    }));
    const groups = this.#groupsByNamespace(await grants.listByNamespaces(keys));
    const people = await this.#peopleByNamespace(keys);
    const visibleTo = (key: string): DirectoryHolder[] => {
      const person = people.get(key);
      return [...(groups.get(key) ?? []), ...(person ? [person] : [])];
    };
    return {
      ...page,
      items: page.items.map(row => ({
        clusterId: row.cluster_id,
        cluster: row.cluster,
        name: row.name,
        ...(row.owner_ref !== null && { owner: row.owner_ref }),
        ...(row.system_ref !== null && { system: row.system_ref }),
        home: row.origin === 'share',
        ...(row.purpose !== null && { purpose: row.purpose }),
        phase: row.phase as 'Pending' | 'Active' | 'Terminating',
        visibleTo: visibleTo(`${row.cluster_id}/${row.name}`),
      })),
    };
  }

  /** A person has the role in a personal namespace only as a member of a group that the cluster is shared with. */
  async #peopleByNamespace(
    keys: NamespaceKey[],
  ): Promise<Map<string, DirectoryHolder>> {
    const { personal, shares } = this.#options;
    const found = await personal.listByNamespaces(keys);
    const clusterIds = [...new Set(found.map(({ clusterId }) => clusterId))];
    const shared = clusterIds.length > 0 ? await shares.list(clusterIds) : [];
    const people = new Map<string, DirectoryHolder>();
    for (const { clusterId, name, user, userUid } of found) {
      const asMemberOf = shared
        .filter(share => share.clusterId === clusterId)
        .map(directoryGroup);
      if (asMemberOf.length > 0) {
        people.set(`${clusterId}/${name}`, {
          group: user,
          uid: userUid,
          asMemberOf,
        });
      }
    }
    return people;
  }

  /** A grant is effective only while the cluster is shared with its group, and until it expires. */
  #groupsByNamespace(grants: GrantWithShare[]): Map<string, DirectoryGroup[]> {
    const now = this.#now().toISOString();
    const groups = new Map<string, DirectoryGroup[]>();
    for (const grant of grants) {
      if (
        grant.shared &&
        (grant.expiresAt === undefined || grant.expiresAt > now)
      ) {
        const key = `${grant.clusterId}/${grant.namespace}`;
        groups.set(key, [...(groups.get(key) ?? []), directoryGroup(grant)]);
      }
    }
    return groups;
  }
}

function directoryGroup(
  of: Pick<ShareRecord, 'group' | 'groupUid'>,
): DirectoryGroup {
  return {
    group: of.group,
    ...(of.groupUid !== undefined && { uid: of.groupUid }),
  };
}
