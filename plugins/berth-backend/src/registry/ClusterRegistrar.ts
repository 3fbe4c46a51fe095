import { ConflictError, NotAllowedError } from '@backstage/errors';
import { ClusterOwner } from '@berth/plugin-berth-common';
import { ConnectionTarget } from '@berth/plugin-berth-node';
import { ConnectionStrategies } from './connection/ConnectionStrategies';
import { StoredCredential } from '../model/credentials';
import { ClusterIdentity } from './ClusterIdentity';
import { ClusterRecord, ClusterStore } from '../model/clusters';
import { ParsedChange, ParsedCluster } from './validation/clusterRequests';
import { atField, FieldError } from '../text/fieldProblems';

export interface ClusterRegistrarOptions {
  clusters: ClusterStore;
  identity: ClusterIdentity;
  strategies: ConnectionStrategies;
}

/** Registers clusters and changes their settings; each change is saved completely or not at all. */
export class ClusterRegistrar {
  readonly #options: ClusterRegistrarOptions;

  static create(options: ClusterRegistrarOptions): ClusterRegistrar {
    return new ClusterRegistrar(options);
  }

  private constructor(options: ClusterRegistrarOptions) {
    this.#options = options;
  }

  /**
   * @throws ConflictError if the name is taken; InputError if the credential does not work
   */
  async create({
    settings,
    credential,
  }: ParsedCluster): Promise<ClusterRecord> {
    const { clusters } = this.#options;
    if (await clusters.get(settings.name)) {
      throw nameTaken(settings.name);
    }
    const kept = await this.#accept(
      { id: '', ...settings },
      settings.connection,
      credential,
    );
    return clusters.create(settings, kept);
  }

  /**
   * @param owner - who makes the change
   * @param cluster - the cluster as it was when the caller read it
   * @param onlyUnchanged - whether the cluster must not have changed since; false by default
   * @throws NotAllowedError if another owner has the settings; PreconditionFailedError if they have changed;
   *   ConflictError if a new address is not known to belong to the same cluster
   */
  async update(
    cluster: ClusterRecord,
    { change, credential }: ParsedChange,
    owner: ClusterOwner,
    onlyUnchanged = false,
  ): Promise<ClusterRecord> {
    assertOwner(cluster, owner);
    if (Object.keys(change).length === 0 && !credential) {
      return cluster;
    }
    const after = { ...cluster, ...change };
    const kept = await this.#accept(after, after.connection, credential);
    const moved =
      after.apiServer !== cluster.apiServer || after.caPem !== cluster.caPem;
    if (moved) {
      await this.#options.identity.assertSame(cluster, {
        apiServer: after.apiServer,
        caPem: after.caPem,
        connection: after.connection,
        credential: kept,
      });
    }
    return this.#options.clusters.update(
      cluster.id,
      change,
      // The result of the checks is valid only for the revision that they examined.
      onlyUnchanged || moved ? cluster.revision : undefined,
      kept,
    );
  }

  async #accept(
    { id, name, apiServer, caPem }: ConnectionTarget,
    connection: string,
    credential: Record<string, string> | undefined,
  ): Promise<StoredCredential | undefined> {
    if (!credential) {
      return undefined;
    }
    const strategy = this.#options.strategies.get(connection);
    const accepted = strategy.accept
      ? await strategy.accept({ id, name, apiServer, caPem }, credential)
      : { secret: credential };
    return { ...accepted, strategy: connection };
  }
}

export function nameTaken(name: string): FieldError<ConflictError> {
  return atField(
    new ConflictError(
      `name "${name}" is taken: there is a cluster of that name. Choose another name`,
    ),
    'name',
  );
}

/** @throws NotAllowedError if the cluster is in `berth.clusters`, which would bring it back */
export function assertDeletable(cluster: ClusterRecord) {
  if (cluster.owner === 'config' && !cluster.configMissingSince) {
    throw new NotAllowedError(
      `The cluster "${cluster.name}" is in the portal's configuration, under berth.clusters; remove its entry there, then delete it here`,
    );
  }
}

/** @throws NotAllowedError if another owner has the settings */
export function assertOwner(cluster: ClusterRecord, owner: ClusterOwner) {
  if (cluster.owner !== owner) {
    throw new NotAllowedError(
      cluster.owner === 'config'
        ? `The settings of the cluster "${cluster.name}" are in the portal's configuration, under berth.clusters; change them there`
        : `The cluster "${cluster.name}" was registered in the portal, so berth.clusters cannot change it; delete the cluster in the portal first, or remove the entry`,
    );
  }
}
