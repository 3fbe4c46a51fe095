import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, toError } from '@backstage/errors';
import { ConnectionTarget } from '@berth/plugin-berth-node';
import {
  isKubeError,
  KubeClientFactory,
  KubeFailure,
  KubeTarget,
} from '../../kube';
import { ConnectionStrategies } from '../connection/ConnectionStrategies';
import {
  CredentialStore,
  StoredCredential,
} from '../connection/credentialTypes';
import { ClusterConnector, ClusterRecord, ClusterStore } from '../types';
import { readClusterUid } from './readClusterUid';

/** Failures before a server has shown its certificate, or of the certificate itself. */
const BEFORE_HTTP: readonly KubeFailure[] = ['DNS', 'TCP', 'TLS', 'Timeout'];

/** Sent where only the certificate matters; no API server accepts it. */
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

/** Where a cluster is said to be from now on. */
export interface Move extends KubeTarget {
  connection: string;
  /** What was given with the change, for the new address. */
  credential?: StoredCredential;
}

/**
 * Keeps a registered cluster the same cluster.
 *
 * At the first contact the UID of the namespace `kube-system` is pinned. Another address or CA is taken only
 * if the server there shows the same UID; otherwise whoever may change a cluster's settings could have
 * tokens that are meant for it sent somewhere else.
 *
 * To ask for the UID a token has to be sent to a server that is not yet known. So it is looked at first
 * whether that server has a certificate of the CA that was trusted before. If it has, it is as trusted as
 * the old address was. If it has not, it gets only a token that may do no more than what is asked (see
 * `getIdentityToken`), or one that was given for it with the change.
 */
export class ClusterIdentity {
  readonly #options: ClusterIdentityOptions;

  static create(options: ClusterIdentityOptions): ClusterIdentity {
    return new ClusterIdentity(options);
  }

  private constructor(options: ClusterIdentityOptions) {
    this.#options = options;
  }

  /** Pins all clusters that have been reached and are not pinned yet. Does not reject because of one. */
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
   * @throws ConflictError if what is at the new address is another cluster, or cannot be known to be the
   *   same one
   */
  async assertSame(cluster: ClusterRecord, move: Move): Promise<void> {
    const pinned = await this.#pinned(cluster);
    if (pinned === undefined) {
      return;
    }
    const found = await this.#readAt(cluster, move);
    if (found !== pinned) {
      throw new ConflictError(
        `What answers at ${move.apiServer} is another cluster than "${cluster.name}": its namespace kube-system has the UID ${found}, and that of "${cluster.name}" has ${pinned}. Nothing was changed. Register it as a cluster of its own`,
      );
    }
  }

  /** @returns undefined if the cluster was never reached, so that there is nothing to be the same as */
  async #pinned(cluster: ClusterRecord): Promise<string | undefined> {
    if (cluster.kubeSystemUid || !cluster.status.lastSeenAt) {
      return cluster.kubeSystemUid;
    }
    try {
      return await this.#pin(cluster);
    } catch (error) {
      throw new ConflictError(
        `It is not known which cluster "${
          cluster.name
        }" is, as the UID of its namespace kube-system was never read and cannot be read now: ${
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

  async #readAt(cluster: ClusterRecord, move: Move): Promise<string> {
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
        `It cannot be seen whether the cluster at ${
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
    { connection, credential }: Move,
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

  /** Without a credential, so this can be asked of any server. */
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
    return '. The API server there must trust the portal for this cluster, as the onboarding files say';
  }
  return '';
}
