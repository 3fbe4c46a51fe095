import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  berthClusterReadPermission,
  RESOURCE_TYPE_CLUSTER,
} from '@berth/plugin-berth-common';
import { Request } from 'express';
import {
  ClusterCondition,
  ClusterFilter,
  ClusterRecord,
  ClusterStore,
  ShareRecord,
  ShareStore,
} from '../model/clusters';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { Authorizer, denied } from './permissions/Authorizer';
import { entitlementsOf } from './entitlementsOf';
import { clusterResourceRef } from './permissions/clusterRules';
import { readsEverything } from './readsEverything';
import { Person } from '../model/people';
import { Caller, Callers } from './Callers';
import { ClusterReads } from './ClusterReads';

export type ClusterPermission = ResourcePermission<
  typeof RESOURCE_TYPE_CLUSTER
>;

export interface ClusterAccessOptions {
  authorizer: Authorizer;
  callers: Callers;
  clusters: Pick<ClusterStore, 'list'>;
  /** Reads one cluster and its shares. */
  reads: Pick<ClusterReads, 'get' | 'sharesOf'>;
  shares: Pick<ShareStore, 'list'>;
}

/** A cluster with those of its shares that the caller may see. */
export interface VisibleCluster {
  cluster: ClusterRecord;
  shares: ShareRecord[];
}

interface Found {
  visible: VisibleCluster;
  /** The cluster with all its shares, for the policy's conditions. */
  resource: VisibleCluster;
}

/**
 * Decides which clusters a caller may see and change. Two rules must agree. The floor: admins may do everything,
 * auditors see everything, and others see clusters that are shared with their groups. And the portal's permission
 * policy, which can only restrict. Each decision first identifies the caller, so if that fails, nothing is
 * allowed.
 */
export class ClusterAccess {
  readonly #options: ClusterAccessOptions;

  constructor(options: ClusterAccessOptions) {
    this.#options = options;
  }

  /** @throws NotAllowedError if the caller is not a person of the catalog */
  caller(request: Request): Promise<Caller> {
    return this.#options.callers.of(request);
  }

  /** @throws NotAllowedError if the caller is not a platform admin, or the policy denies the permission */
  async admin(request: Request, permission: BasicPermission): Promise<Caller> {
    const caller = await this.caller(request);
    assertAdmin(caller.person);
    await this.#options.authorizer.require(caller.credentials, permission);
    return caller;
  }

  /**
   * @throws NotAllowedError if the caller is neither a platform admin nor an auditor, or the policy denies the
   *   permission
   */
  async reader(request: Request, permission: BasicPermission): Promise<Caller> {
    const caller = await this.caller(request);
    assertReadsEverything(caller.person);
    await this.#options.authorizer.require(caller.credentials, permission);
    return caller;
  }

  /** @param permissions - only clusters on which the policy gives these permissions, too */
  async list(
    { credentials, person }: Caller,
    ...permissions: ClusterPermission[]
  ): Promise<VisibleCluster[]> {
    const { authorizer, clusters, shares } = this.#options;
    const decide = (asked: ClusterPermission) =>
      authorizer.decide(credentials, asked, clusterResourceRef);
    const decision = await decide(berthClusterReadPermission);
    const usable = await Promise.all(permissions.map(decide));
    if (decision.denied || usable.some(({ denied: none }) => none)) {
      return [];
    }
    const [found, allShares] = await Promise.all([
      clusters.list({
        criteria: decision.criteria,
        sharedWith: readsEverything(person) ? undefined : person.groups,
      }),
      shares.list(),
    ]);
    const visible = visibleShares(allShares, person);
    return found
      .filter(cluster =>
        usable.every(({ allows }) =>
          allows({
            cluster,
            shares: allShares.filter(share => share.clusterId === cluster.id),
          }),
        ),
      )
      .map(cluster => ({
        cluster,
        shares: visible.filter(share => share.clusterId === cluster.id),
      }))
      .filter(item => readsEverything(person) || item.shares.length > 0);
  }

  /**
   * Restricts a filter to the clusters that the policy allows.
   *
   * @returns undefined if the policy allows none
   */
  async scope(
    { credentials }: Caller,
    filter: ClusterCondition,
  ): Promise<ClusterFilter | undefined> {
    const { criteria, denied: none } = await this.#options.authorizer.decide(
      credentials,
      berthClusterReadPermission,
      clusterResourceRef,
    );
    return none ? undefined : { ...filter, ...(criteria && { criteria }) };
  }

  /**
   * Returns a cluster that the caller may see and, with permissions, use.
   *
   * @throws NotFoundError, the same for a cluster that does not exist and one that the caller may not see;
   *   NotAllowedError if the policy does not give a permission
   */
  async get(
    caller: Caller,
    name: string,
    ...permissions: ClusterPermission[]
  ): Promise<VisibleCluster> {
    if (permissions.length > 0) {
      this.#options.authorizer.prepare(caller.credentials, [
        berthClusterReadPermission,
        ...permissions,
      ]);
    }
    const { visible, resource } = await this.#find(caller, name);
    for (const permission of permissions) {
      await this.#require(caller, permission, resource);
    }
    return visible;
  }

  async #find({ credentials, person }: Caller, name: string): Promise<Found> {
    const { authorizer, reads } = this.#options;
    const readable = await authorizer.decide(
      credentials,
      berthClusterReadPermission,
      clusterResourceRef,
    );
    const cluster = await reads.get(name);
    const allShares = await reads.sharesOf(cluster?.id ?? '');
    const visible = visibleShares(allShares, person);
    if (
      !cluster ||
      !(readsEverything(person) || visible.length > 0) ||
      !readable.allows({ cluster, shares: allShares })
    ) {
      throw clusterNotFound(name, person);
    }
    return {
      visible: { cluster, shares: visible },
      resource: { cluster, shares: allShares },
    };
  }

  async #require(
    { credentials }: Caller,
    permission: ClusterPermission,
    resource: VisibleCluster,
  ): Promise<void> {
    const decision = await this.#options.authorizer.decide(
      credentials,
      permission,
      clusterResourceRef,
    );
    if (!decision.allows(resource)) {
      throw denied(permission.name);
    }
  }

  /**
   * Returns a cluster with everything that Berth knows about it, for platform admins and auditors.
   *
   * @throws the NotFoundError of `get`; NotAllowedError for all others who may see the cluster
   */
  async inspect(caller: Caller, name: string): Promise<VisibleCluster> {
    const visible = await this.get(caller, name);
    assertReadsEverything(caller.person);
    return visible;
  }

  /** @throws the errors of `get`, and NotAllowedError for all but platform admins */
  async administer(
    caller: Caller,
    name: string,
    permission: ClusterPermission,
  ): Promise<VisibleCluster> {
    const { visible, resource } = await this.#find(caller, name);
    assertAdmin(caller.person);
    await this.#require(caller, permission, resource);
    return visible;
  }
}

/** Returns all shares for admins and auditors, and the shares of the person's own groups for others. */
export function visibleShares(
  shares: ShareRecord[],
  person: Person,
): ShareRecord[] {
  return readsEverything(person) ? shares : entitlementsOf(person, shares);
}

/** Returns the same error for an unknown cluster and for one that the caller may not see. */
function clusterNotFound(name: string, person: Person): NotFoundError {
  const known = `There is no cluster ${quoteUntrusted(name)}`;
  return new NotFoundError(
    readsEverything(person)
      ? `${known} that you can see`
      : `${known}, or it is not shared with any of your groups`,
  );
}

export function assertAdmin(person: Person) {
  if (!person.admin) {
    throw new NotAllowedError(
      `Only platform admins may do this; ${person.userRef} is in none of the groups under berth.admins`,
    );
  }
}

export function assertReadsEverything(person: Person) {
  if (!readsEverything(person)) {
    throw new NotAllowedError(
      `Only platform admins and auditors can read this; ${person.userRef} is in none of the groups under berth.admins or berth.auditors`,
    );
  }
}
