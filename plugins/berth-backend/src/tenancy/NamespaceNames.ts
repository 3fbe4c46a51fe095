import { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  isError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  applyNamespacePrefix,
  assertNamespaceName,
  assertNamespacePrefix,
  NamespaceAvailability,
} from '@berth/plugin-berth-common';
import { isKubeError, KubeObject, NAMESPACES } from '../kube';
import { ClusterConnector, ClusterRecord } from '../model/clusters';
import {
  ClusterAnswer,
  NamespaceNameCheck,
  NamespaceNameRules,
} from '../model/namespaceNames';
import { GroupNames, NamespaceStore } from '../model/tenancy';
import { atField } from '../text/fieldProblems';
import { homeNamesOf } from './homeNamespaces';

/** People wait for the answer, so a cluster that does not answer must not delay it for long. */
const CLUSTER_DEADLINE_MS = 3_000;

export interface NamespaceNamesOptions {
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  catalog: Pick<CatalogService, 'queryEntities'>;
  /** Reaches a cluster with the portal's own credential. */
  connect: ClusterConnector;
  groupNames: Pick<GroupNames, 'groupWithName'>;
  namespaces: Pick<NamespaceStore, 'get'>;
}

/** The cluster has a namespace of this name that Berth does not manage. */
class ForeignNamespaceError extends ConflictError {}

/** Decides which names namespaces may have, both when admins create them and when people request them. */
export class NamespaceNames implements NamespaceNameRules {
  readonly #options: NamespaceNamesOptions;

  constructor(options: NamespaceNamesOptions) {
    this.#options = options;
  }

  async checkAvailability(
    claim: NamespaceNameCheck,
  ): Promise<NamespaceAvailability> {
    let { name } = claim;
    try {
      name = this.nameFor(claim);
      const { cluster, adopt, field = 'name' } = claim;
      const answer = await this.assertFree({ ...claim, name });
      return {
        name,
        ...(adopt ? await this.#askCluster(cluster, name, field) : answer),
      };
    } catch (error) {
      if (error instanceof InputError) {
        return { state: 'Refused', name, message: error.message };
      }
      if (error instanceof ConflictError) {
        return {
          state: 'Taken',
          name,
          message: error.message,
          ...(error instanceof ForeignNamespaceError && { adoptable: true }),
        };
      }
      throw error;
    }
  }

  nameFor({ cluster, name, adopt, field }: NamespaceNameCheck): string {
    if (adopt) {
      return name;
    }
    try {
      return applyNamespacePrefix(name, cluster.namespacePrefix, field);
    } catch (error) {
      throw error instanceof InputError
        ? atField(error, field ?? 'name')
        : error;
    }
  }

  async assertFree(claim: NamespaceNameCheck): Promise<ClusterAnswer> {
    const { cluster, name, owner, adopt, field = 'name' } = claim;
    const { namespaces } = this.#options;
    assertNamespaceName(name);
    const groups = await this.#groupsAtHome(cluster, name);
    if (!adopt) {
      assertNamespacePrefix(name, cluster.namespacePrefix, field);
    }
    assertNotReserved(name, groups, owner, field);
    if (await namespaces.get({ clusterId: cluster.id, name })) {
      throw atField(new ConflictError(taken(name, field)), field);
    }
    return adopt ? { state: 'Free' } : this.#askCluster(cluster, name, field);
  }

  async assertMayOwn(
    cluster: Pick<ClusterRecord, 'namespacePrefix'>,
    name: string,
    owner: string | undefined,
  ): Promise<void> {
    const groups = await this.#groupsAtHome(cluster, name);
    if (!isFor(groups, owner)) {
      throw atField(
        new ConflictError(
          `owner ${
            owner ?? 'null'
          } is refused: ${name} is kept for the home namespace of ${groups.join(
            ' and ',
          )}, so a namespace with this name can belong only to that group`,
        ),
        'owner',
      );
    }
  }

  /**
   * Returns the entity refs of the groups whose home namespace has the name, or will have it once a cluster is shared
   * with them. It asks with the portal's own credentials, because a group that the caller cannot see also keeps its
   * name.
   */
  async #groupsAtHome(
    { namespacePrefix }: Pick<ClusterRecord, 'namespacePrefix'>,
    name: string,
  ): Promise<string[]> {
    const found = await Promise.all(
      homeNamesOf(name, namespacePrefix).map(one => this.#groupsNamed(one)),
    );
    return found.flat();
  }

  async #groupsNamed(name: string): Promise<string[]> {
    const { auth, catalog, groupNames } = this.#options;
    const holder = await groupNames.groupWithName(name);
    if (holder !== undefined) {
      return [holder];
    }
    try {
      const { items } = await catalog.queryEntities(
        {
          filter: { kind: 'Group', 'metadata.name': name },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
          limit: 10,
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      return items.map(entity => stringifyEntityRef(entity));
    } catch (error) {
      throw new ServiceUnavailableError(
        `The catalog did not answer whether a group is called ${JSON.stringify(
          name,
        )}, so nothing was saved; try again`,
        error,
      );
    }
  }

  async #askCluster(
    cluster: ClusterRecord,
    name: string,
    field: string,
  ): Promise<ClusterAnswer> {
    let found: KubeObject | undefined;
    try {
      found = await this.#options
        .connect(cluster)
        .get<KubeObject>(
          NAMESPACES,
          { name },
          { signal: AbortSignal.timeout(CLUSTER_DEADLINE_MS) },
        );
    } catch (error) {
      const isTimeout = isError(error) && error.name === 'TimeoutError';
      if (!isKubeError(error) && !isTimeout) {
        throw error;
      }
      return {
        state: 'Unknown',
        message: `${
          cluster.name
        } does not answer whether it has a namespace ${JSON.stringify(
          name,
        )}. If it has one, the namespace cannot be created`,
      };
    }
    if (found?.metadata.deletionTimestamp !== undefined) {
      throw atField(
        new ConflictError(
          `${field} "${name}" is that of a namespace on ${cluster.name} that is being deleted; wait until it is gone`,
        ),
        field,
      );
    }
    if (found) {
      throw atField(new ForeignNamespaceError(taken(name, field)), field);
    }
    return { state: 'Free' };
  }
}

function taken(name: string, field: string): string {
  return `${field} "${name}" is taken: there is a namespace of that name on the cluster already`;
}

function assertNotReserved(
  name: string,
  groups: string[],
  owner: string | undefined,
  field: string,
): void {
  if (!isFor(groups, owner)) {
    throw atField(
      new ConflictError(
        `${field} "${name}" is kept for the home namespace of the group that has this name; choose another name, or make that group the owner`,
      ),
      field,
    );
  }
}

function isFor(groups: string[], owner: string | undefined): boolean {
  return groups.length === 0 || (owner !== undefined && groups.includes(owner));
}
