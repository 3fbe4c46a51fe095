import { DirectoryGroup } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { ClusterStore, ShareRecord, ShareStore } from '../model/clusters';
import { GrantStore, GrantWithShare } from '../model/tenancy';
import { readCursor, writeCursor } from './cursor';
import { Directory, PageRequest } from './types';

export interface DatabaseDirectoryOptions {
  clusters: Pick<ClusterStore, 'list'>;
  grants: Pick<GrantStore, 'listByNamespaces'>;
  database: Knex;
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

  async clusters({ after, limit }: PageRequest) {
    const last = after === undefined ? '' : readCursor(after, 1)[0];
    const all = await this.#options.clusters.list();
    const rest = all
      .filter(({ id }) => id > last)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const page = rest.slice(0, limit);
    const shares = await this.#options.shares.list(page.map(({ id }) => id));
    return {
      items: page.map(({ id, name, title, labels, links }) => ({
        id,
        name,
        ...(title !== undefined && { title }),
        ...(labels !== undefined && { labels }),
        ...(links !== undefined && { links }),
        visibleTo: shares
          .filter(({ clusterId }) => clusterId === id)
          .map(directoryGroup),
      })),
      ...(rest.length > limit && { next: writeCursor([page.at(-1)!.id]) }),
    };
  }

  async namespaces({ after, limit }: PageRequest) {
    const { database, grants } = this.#options;
    const last = after === undefined ? undefined : readCursor(after, 2);
    const rows: NamespaceRow[] = await database('namespaces')
      .join('clusters', 'clusters.id', 'namespaces.cluster_id')
      .where(query => {
        if (last) {
          query
            .where('namespaces.cluster_id', '>', last[0])
            .orWhere(same =>
              same
                .where('namespaces.cluster_id', last[0])
                .where('namespaces.name', '>', last[1]),
            );
        }
      })
      .orderBy(['namespaces.cluster_id', 'namespaces.name'])
      .limit(limit + 1)
      .select('namespaces.*', 'clusters.name as cluster');
    const page = rows.slice(0, limit);
    const keys = page.map(row => ({
      clusterId: row.cluster_id,
      name: row.name,
    }));
    const groups = this.#groupsByNamespace(await grants.listByNamespaces(keys));
    return {
      items: page.map(row => ({
        clusterId: row.cluster_id,
        cluster: row.cluster,
        name: row.name,
        ...(row.owner_ref !== null && { owner: row.owner_ref }),
        ...(row.system_ref !== null && { system: row.system_ref }),
        home: row.origin === 'share',
        ...(row.purpose !== null && { purpose: row.purpose }),
        phase: row.phase as 'Pending' | 'Active' | 'Terminating',
        visibleTo: groups.get(`${row.cluster_id}/${row.name}`) ?? [],
      })),
      ...(rows.length > limit && {
        next: writeCursor([page.at(-1)!.cluster_id, page.at(-1)!.name]),
      }),
    };
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
