import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, toError } from '@backstage/errors';
import { ConnectionTarget } from '@berth/plugin-berth-node';
import {
  isKubeError,
  KubeClientFactory,
  KubeFailure,
  KubeTarget,
} from '../kube';
import { ConnectionStrategies } from './connection/ConnectionStrategies';
import { CredentialStore, StoredCredential } from '../model/credentials';
import {
  ClusterConnector,
  ClusterRecord,
  ClusterStore,
} from '../model/clusters';
import { readClusterUid } from '../identity/readClusterUid';

/** Failures before the server shows its certificate, or caused by the certificate. */
const BEFORE_HTTP: readonly KubeFailure[] = ['DNS', 'TCP', 'TLS', 'Timeout'];

/** Sent if only the certificate matters; no API server accepts it. */
const NO_TOKEN = 'none';

const DEADLINE_MS = 10_000;

export interface ClusterIdentityOptions {
  clients: KubeClientFactory;
  clusters: ClusterStore;
  connect: ClusterConnector;
  credentials: CredentialStore;
  strategies: ConnectionStrategies;
  logger: LoggerService;
}

/** The new address of a cluster. */
export interface AddressChange extends KubeTarget {
  connection: string;
  /** The credential that was given with the change, for the new address. */
  credential?: StoredCredential;
}

/**
 * Makes sure that a registered cluster stays the same cluster.
 *
 * At the first contact the portal pins the UID of the namespace `kube-system`. It accepts another address or CA only
 * if the server there shows the same UID. Otherwise a person who may change the settings could have the cluster's
 * tokens sent to another server.
 *
 * To read the UID the portal must send a token to a server that it does not know yet. So it first checks whether that
 * server has a certificate of the CA that was trusted before. If so, the server is as trusted as the old address.
 * If not, it gets only a token with the single right to read the UID (see `getIdentityToken`), or the credential that
 * was given with the change.
 */
export class ClusterIdentity {
  readonly #options: ClusterIdentityOptions;

  static create(options: ClusterIdentityOptions): ClusterIdentity {
    return new ClusterIdentity(options);
  }

  private constructor(options: ClusterIdentityOptions) {
    this.#options = options;
  }

  /** Pins all clusters that were reached and are not pinned yet. One failure does not stop the others. */
  async pinAll(): Promise<void> {
    const all = await this.#options.clusters.list();
    await Promise.all(
      all
        .filter(({ kubeSystemUid, status }) => {
          return !kubeSystemUid && status.state === 'Connected';
        })
        .map(async cluster => {
          try {
            await this.#pin(cluster);
          } catch (error) {
            this.#options.logger.warn(
              `The cluster ${
                cluster.name
              } cannot be pinned to its kube-system UID: ${
                toError(error).message
              }`,
            );
          }
        }),
    );
  }

  /**
   * @throws ConflictError if another cluster answers at the new address, or if it is not known to be the
   *   same one
   */
  async assertSame(cluster: ClusterRecord, move: AddressChange): Promise<void> {
    const pinned = await this.#pinned(cluster);
    if (pinned === undefined) {
      return;
    }
    const found = await this.#readAt(cluster, move);
    if (found !== pinned) {
      throw new ConflictError(
        `Another cluster than "${cluster.name}" answers at ${move.apiServer}: its namespace kube-system has the UID ${found}, and that of "${cluster.name}" has ${pinned}. Nothing was changed. Register it as a cluster of its own`,
      );
    }
  }

  /** @returns undefined if the cluster was never reached, so that there is nothing to compare with */
  async #pinned(cluster: ClusterRecord): Promise<string | undefined> {
    if (cluster.kubeSystemUid || !cluster.status.lastSeenAt) {
      return cluster.kubeSystemUid;
    }
    try {
      return await this.#pin(cluster);
    } catch (error) {
      throw new ConflictError(
        `The portal cannot identify the cluster "${
          cluster.name
        }", because it never read the UID of its namespace kube-system and cannot read it now: ${
          toError(error).message
        }. Nothing was changed. Make it reachable at ${
          cluster.apiServer
        } once, or delete it and register the new address as a new cluster`,
      );
    }
  }

  async #pin(cluster: ClusterRecord): Promise<string> {
    const uid = await readClusterUid(this.#options.connect(cluster), {
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await this.#options.clusters.pin(cluster.id, uid);
    return uid;
  }

  async #readAt(cluster: ClusterRecord, move: AddressChange): Promise<string> {
    const { clients } = this.#options;
    const target: ConnectionTarget = {
      id: cluster.id,
      name: cluster.name,
      apiServer: move.apiServer,
      caPem: move.caPem,
    };
    try {
      const token = await this.#tokenFor(cluster, target, move);
      return await readClusterUid(
        clients.create(target, async () => token),
        { signal: AbortSignal.timeout(DEADLINE_MS) },
      );
    } catch (error) {
      if (error instanceof ConflictError) {
        throw error;
      }
      throw new ConflictError(
        `The portal cannot check whether the cluster at ${
          move.apiServer
        } is the same as "${cluster.name}": ${
          toError(error).message
        }. Nothing was changed${hintFor(error)}`,
      );
    }
  }

  async #tokenFor(
    cluster: ClusterRecord,
    target: ConnectionTarget,
    { connection, credential }: AddressChange,
  ): Promise<string> {
    const { credentials, strategies } = this.#options;
    const strategy = strategies.get(connection);
    if (credential) {
      return strategy.getToken(target, credential);
    }
    const kept = await credentials.get(cluster.id);
    const own = kept?.strategy === connection ? kept : undefined;
    if (strategy.getIdentityToken) {
      return strategy.getIdentityToken(target, own);
    }
    if (await this.#isCertifiedBy(cluster.caPem, target.apiServer)) {
      return strategy.getToken(target, own);
    }
    throw new ConflictError(
      `The certificate at ${target.apiServer} is not of the CA that "${cluster.name}" had until now, so the token that is kept for it is not sent there. Nothing was changed. Give a new "credential" together with the new CA`,
    );
  }

  /** Checks the certificate without a credential, so it can be used with any server. */
  async #isCertifiedBy(caPem: string, apiServer: string): Promise<boolean> {
    const client = this.#options.clients.create(
      { apiServer, caPem },
      async () => NO_TOKEN,
    );
    try {
      await client.version({ signal: AbortSignal.timeout(DEADLINE_MS) });
      return true;
    } catch (error) {
      if (isKubeError(error, 'TLS')) {
        return false;
      }
      if (isKubeError(error) && !BEFORE_HTTP.includes(error.failure)) {
        return true;
      }
      throw error;
    }
  }
}

function hintFor(error: unknown): string {
  if (isKubeError(error, 'Forbidden')) {
    return '. Apply the onboarding manifest to the cluster again: its role berth:cluster-scope lets the portal read the namespace kube-system';
  }
  if (isKubeError(error, 'Unauthorized')) {
    return '. The API server there must trust the portal for this cluster, as set up by the onboarding files';
  }
  return '';
}
