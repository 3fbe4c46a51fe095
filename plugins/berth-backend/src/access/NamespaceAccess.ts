import { NotFoundError } from '@backstage/errors';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  berthNamespaceReadPermission,
  RESOURCE_TYPE_NAMESPACE,
} from '@berth/plugin-berth-common';
import { ClusterRecord } from '../registry/types';
import { shown } from '../tenancy/shown';
import {
  GrantRecord,
  GrantStore,
  NamespaceFilter,
  NamespaceRecord,
  NamespaceStore,
} from '../tenancy/types';
import { assertAdmin, Caller, ClusterAccess } from './ClusterAccess';
import { heldBy } from './entitlement';
import { Authorizer, denied } from './permissions/Authorizer';
import { namespaceResourceRef } from './permissions/namespaceRules';
import { Person } from './types';

export type NamespacePermission = ResourcePermission<
  typeof RESOURCE_TYPE_NAMESPACE
>;

export interface NamespaceAccessOptions {
  authorizer: Authorizer;
  clusterAccess: Pick<ClusterAccess, 'byId' | 'get' | 'scope'>;
  grants: GrantStore;
  namespaces: NamespaceStore;
}

/** A namespace with those of its grants that the caller may see. */
export interface VisibleNamespace {
  cluster: ClusterRecord;
  namespace: NamespaceRecord;
  grants: GrantRecord[];
}

export interface VisibleNamespaces {
  items: VisibleNamespace[];
  totalItems: number;
}

/** What to list; as `NamespaceFilter`, with clusters by name. */
export interface NamespaceSearch
  extends Omit<NamespaceFilter, 'clusters' | 'criteria' | 'visibleTo'> {
  clusters?: string[];
  /** Only what the caller's own groups hold. */
  mine?: boolean;
}

/**
 * Decides which namespaces a caller may see and change: on clusters that they may see, all for admins and
 * for others those that one of their groups holds a grant in; the policy can only take away.
 */
export class NamespaceAccess {
  readonly #options: NamespaceAccessOptions;

  constructor(options: NamespaceAccessOptions) {
    this.#options = options;
  }

  async list(
    caller: Caller,
    { clusters: names, mine, ...filter }: NamespaceSearch,
  ): Promise<VisibleNamespaces> {
    const { authorizer, clusterAccess, grants, namespaces } = this.#options;
    const { person } = caller;
    const decision = await authorizer.decide(
      caller.credentials,
      berthNamespaceReadPermission,
      namespaceResourceRef,
    );
    const own =
      person.admin && !mine ? undefined : await this.#groupsOf(person);
    const scope = await clusterAccess.scope(caller, {
      ...(names && { names }),
      ...(own && !person.admin && { sharedWith: own }),
    });
    if (decision.denied || !scope) {
      return { items: [], totalItems: 0 };
    }
    const { items, totalItems } = await namespaces.list({
      ...filter,
      ...(Object.keys(scope).length > 0 && { clusters: scope }),
      criteria: decision.criteria,
      visibleTo: own,
    });
    const clusters = await clusterAccess.byId(
      items.map(({ clusterId }) => clusterId),
    );
    const all = await grants.ofNamespaces(items);
    return {
      totalItems,
      items: items.flatMap(namespace => {
        const cluster = clusters.get(namespace.clusterId);
        const here = all.filter(
          grant =>
            grant.clusterId === namespace.clusterId &&
            grant.namespace === namespace.name,
        );
        return cluster
          ? [{ cluster, namespace, grants: visibleGrants(here, person) }]
          : [];
      }),
    };
  }

  /**
   * A namespace that the caller may see and, with a permission, use for something.
   *
   * @throws NotFoundError, the same for one that does not exist and one that the caller may not see;
   *   NotAllowedError if the policy does not give the permission
   */
  async get(
    caller: Caller,
    clusterName: string,
    name: string,
    permission?: NamespacePermission,
  ): Promise<VisibleNamespace> {
    const { authorizer, clusterAccess, grants, namespaces } = this.#options;
    const { cluster, shares } = await clusterAccess.get(caller, clusterName);
    const key = { clusterId: cluster.id, name };
    const namespace = await namespaces.get(key);
    const all = await grants.list(key);
    const visible = visibleGrants(all, caller.person);
    const allows = async (asked: NamespacePermission) => {
      const decision = await authorizer.decide(
        caller.credentials,
        asked,
        namespaceResourceRef,
      );
      return (
        namespace !== undefined &&
        decision.allows({
          cluster: cluster.name,
          namespace,
          grants: all,
          shares,
        })
      );
    };
    if (
      !namespace ||
      !(caller.person.admin || visible.length > 0) ||
      !(await allows(berthNamespaceReadPermission))
    ) {
      throw new NotFoundError(
        `There is no namespace ${shown(name)} on ${
          cluster.name
        } that Berth manages, or none of your groups holds a role in it`,
      );
    }
    if (permission && !(await allows(permission))) {
      throw denied(permission.name);
    }
    return { cluster, namespace, grants: visible };
  }

  /** @throws NotFoundError and NotAllowedError as `get` does, and for everybody but platform admins */
  async administer(
    caller: Caller,
    clusterName: string,
    name: string,
    permission: NamespacePermission,
  ): Promise<VisibleNamespace> {
    await this.get(caller, clusterName, name);
    assertAdmin(caller.person);
    return this.get(caller, clusterName, name, permission);
  }

  /** Without those that were made again in the catalog: the grants are their namesakes'. */
  async #groupsOf(person: Person): Promise<string[]> {
    const names = await this.#options.grants.holders(person.groups);
    const strangers = new Set(
      names
        .filter(holder => heldBy(person, [holder]).length === 0)
        .map(({ group }) => group),
    );
    return person.groups.filter(group => !strangers.has(group));
  }
}

/** All grants for an admin, those of the person's own groups for everybody else. */
function visibleGrants(grants: GrantRecord[], person: Person): GrantRecord[] {
  return person.admin ? grants : heldBy(person, grants);
}
