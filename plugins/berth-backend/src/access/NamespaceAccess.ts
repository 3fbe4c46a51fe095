import { NotFoundError } from '@backstage/errors';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  berthNamespaceReadPermission,
  RESOURCE_TYPE_NAMESPACE,
} from '@berth/plugin-berth-common';
import {
  ClusterSummary,
  ClusterRecord,
  ClusterStore,
  ShareRecord,
} from '../model/clusters';
import { describeNamespaces } from './describeNamespaces';
import { quoteUntrusted } from '../text/quoteUntrusted';
import {
  GrantStore,
  GrantWithShare,
  ListedNamespace,
  NamespaceFilter,
  NamespaceStore,
  PersonalNamespaceStore,
  QuotaStore,
} from '../model/tenancy';
import { CountedPositionedPage, PageRequest } from '../model/paging';
import { assertAdmin, ClusterAccess } from './ClusterAccess';
import { Caller } from './Callers';
import { entitlementsOf } from './entitlementsOf';
import { Authorizer, denied } from './permissions/Authorizer';
import { namespaceResourceRef } from './permissions/namespaceRules';
import { readsEverything } from './readsEverything';
import { Person } from '../model/people';

export type NamespacePermission = ResourcePermission<
  typeof RESOURCE_TYPE_NAMESPACE
>;

export interface NamespaceAccessOptions {
  authorizer: Authorizer;
  clusterAccess: Pick<ClusterAccess, 'get' | 'scope'>;
  clusters: ClusterStore;
  grants: GrantStore;
  namespaces: NamespaceStore;
  personal: Pick<PersonalNamespaceStore, 'listByNamespaces'>;
  quotas: QuotaStore;
}

/** A namespace that the caller may see, with everything known about its cluster. */
export interface VisibleNamespace extends ListedNamespace {
  cluster: ClusterRecord & ClusterSummary;
  /** The shares of the cluster that the caller may see. */
  shares: ShareRecord[];
}

interface FoundNamespace {
  visible: VisibleNamespace;
  /** @throws NotAllowedError if the policy does not give the permission */
  require(permission: NamespacePermission): Promise<void>;
}

/** Selects the namespaces to list. Like `NamespaceFilter`, with clusters by name. */
export interface NamespaceSearch
  extends Omit<
    NamespaceFilter,
    'clusterIds' | 'clusters' | 'criteria' | 'owners' | 'visibleTo'
  > {
  clusters?: string[];
  /** Only namespaces of the caller's own groups. */
  mine?: boolean;
}

/**
 * Decides which namespaces a caller may see and change, on clusters that the caller may see: all for admins and
 * auditors, and for others those in which one of their groups has a grant, and their personal ones. The policy can
 * only restrict.
 */
export class NamespaceAccess {
  readonly #options: NamespaceAccessOptions;

  constructor(options: NamespaceAccessOptions) {
    this.#options = options;
  }

  async list(
    caller: Caller,
    { clusters: names, groups, mine, ...filter }: NamespaceSearch,
    request: PageRequest,
  ): Promise<CountedPositionedPage<ListedNamespace>> {
    const { authorizer, clusterAccess, clusters, namespaces } = this.#options;
    const { person } = caller;
    const decision = await authorizer.decide(
      caller.credentials,
      berthNamespaceReadPermission,
      namespaceResourceRef,
    );
    const own =
      readsEverything(person) && !mine
        ? undefined
        : await this.#groupsOf(person);
    const scope = await clusterAccess.scope(
      caller,
      own && !readsEverything(person) ? { sharedWith: own } : {},
    );
    const clusterIds = names && (await clusters.idsOf(names));
    if (decision.denied || !scope || clusterIds?.length === 0) {
      return { items: [], totalItems: 0, offset: 0 };
    }
    const page = await namespaces.list(
      {
        ...filter,
        ...(groups &&
          searchedGroups(groups, readsEverything(person) ? undefined : own)),
        clusterIds,
        ...(Object.keys(scope).length > 0 && { clusters: scope }),
        criteria: decision.criteria,
        visibleTo: own,
        ...(own &&
          person.uid !== undefined && {
            visibleToUser: { user: person.userRef, userUid: person.uid },
          }),
      },
      request,
    );
    const listed = await describeNamespaces(page.items, this.#options);
    return {
      ...page,
      items: listed.map(item => ({
        ...item,
        grants: visible(item.grants, person),
        ...(isOwn(item, person) && { own: true }),
      })),
    };
  }

  /**
   * Returns a namespace that the caller may see and, with a permission, use.
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
    const found = await this.#find(caller, clusterName, name);
    if (permission) {
      await found.require(permission);
    }
    return found.visible;
  }

  async #find(
    caller: Caller,
    clusterName: string,
    name: string,
  ): Promise<FoundNamespace> {
    const { authorizer, clusterAccess, namespaces } = this.#options;
    const { cluster, shares } = await clusterAccess.get(caller, clusterName);
    const namespace = await namespaces.get({ clusterId: cluster.id, name });
    const [listed] = namespace
      ? await describeNamespaces([namespace], this.#options)
      : [];
    const grants = visible(listed?.grants ?? [], caller.person);
    const own = listed !== undefined && isOwn(listed, caller.person);
    const allows = async (asked: NamespacePermission) => {
      const decision = await authorizer.decide(
        caller.credentials,
        asked,
        namespaceResourceRef,
      );
      return (
        listed !== undefined &&
        decision.allows({
          cluster: cluster.name,
          namespace: listed.namespace,
          grants: listed.grants,
          personal: listed.personal,
          shares,
        })
      );
    };
    if (
      !listed ||
      !(readsEverything(caller.person) || grants.length > 0 || own) ||
      !(await allows(berthNamespaceReadPermission))
    ) {
      throw new NotFoundError(
        `There is no namespace ${quoteUntrusted(name)} on ${
          cluster.name
        } that Berth manages, or none of your groups holds a role in it`,
      );
    }
    return {
      visible: {
        ...listed,
        cluster: { ...listed.cluster, ...cluster },
        grants,
        shares,
        ...(own && { own }),
      },
      require: async permission => {
        if (!(await allows(permission))) {
          throw denied(permission.name);
        }
      },
    };
  }

  /** @throws the errors of `get`, and NotAllowedError for all but platform admins */
  async administer(
    caller: Caller,
    clusterName: string,
    name: string,
    permission: NamespacePermission,
  ): Promise<VisibleNamespace> {
    const found = await this.#find(caller, clusterName, name);
    assertAdmin(caller.person);
    await found.require(permission);
    return found.visible;
  }

  /**
   * Returns the person's groups without those that were created again in the catalog: their grants belong to the
   * former groups of the same name.
   */
  async #groupsOf(person: Person): Promise<string[]> {
    const names = await this.#options.grants.groupIdentities(person.groups);
    const strangers = new Set(
      names
        .filter(holder => entitlementsOf(person, [holder]).length === 0)
        .map(({ group }) => group),
    );
    return person.groups.filter(group => !strangers.has(group));
  }
}

/** Returns whether a namespace is the personal one of a person, not of a former person with the same ref. */
function isOwn({ personal }: ListedNamespace, person: Person): boolean {
  return (
    personal !== undefined &&
    personal.user === person.userRef &&
    personal.userUid === person.uid
  );
}

/** Returns all grants for admins and auditors, and the grants of the person's own groups for others. */
function visible(grants: GrantWithShare[], person: Person): GrantWithShare[] {
  return readsEverything(person) ? grants : entitlementsOf(person, grants);
}

/**
 * Restricts a search by groups. Everyone who sees a namespace sees its owner, but only admins and auditors see
 * which other groups have a role in it, so a search must not find those either.
 *
 * @param own - the person's groups; undefined for a person who reads everything
 */
function searchedGroups(
  groups: string[],
  own: string[] | undefined,
): Pick<NamespaceFilter, 'groups' | 'owners'> {
  return own
    ? {
        groups: groups.filter(group => own.includes(group)),
        owners: groups.filter(group => !own.includes(group)),
      }
    : { groups };
}
