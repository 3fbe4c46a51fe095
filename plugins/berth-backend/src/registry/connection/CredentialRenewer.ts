import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError, toError } from '@backstage/errors';
import { redact } from '../../kube';
import { ClusterStore } from '../../model/clusters';
import { ConnectionStrategies } from './ConnectionStrategies';
import { CredentialRecord, CredentialStore } from '../../model/credentials';
import { retryTime } from './renewal';

export interface CredentialRenewerOptions {
  clusters: ClusterStore;
  credentials: CredentialStore;
  strategies: ConnectionStrategies;
  logger: LoggerService;
  /** Called after each renewal attempt. */
  onRenewal?: (renewal: CredentialRenewal) => Promise<void>;
  now?: () => Date;
}

/** A renewal attempt. */
export interface CredentialRenewal {
  clusterId: string;
  cluster: string;
  /** Why it failed; undefined if it succeeded. */
  error?: string;
}

/**
 * Renews the stored credentials of clusters before they expire.
 *
 * The due times are in the database, so a restart loses nothing. Several replicas may run at once: each would only
 * request one more token. A failed renewal is retried at ever shorter intervals before the expiry. From the first
 * failure on, the cluster shows it and each attempt logs an error, so that an admin can fix it in time.
 */
export class CredentialRenewer {
  readonly #options: CredentialRenewerOptions;

  static create(options: CredentialRenewerOptions): CredentialRenewer {
    return new CredentialRenewer(options);
  }

  private constructor(options: CredentialRenewerOptions) {
    this.#options = options;
  }

  /** Renews all due credentials. A failing cluster does not make it reject. */
  async renewDue(): Promise<void> {
    const now = this.#now();
    const all = await this.#options.credentials.list();
    await Promise.all(
      all
        .filter(({ renewAt }) => renewAt && Date.parse(renewAt) <= +now)
        .map(record => this.#renew(record)),
    );
  }

  async #renew(record: CredentialRecord): Promise<void> {
    const { clusters, credentials, strategies, logger } = this.#options;
    const { clusterId } = record;
    const cluster = await clusters.getById(clusterId);
    if (!cluster) {
      return;
    }
    try {
      const strategy = strategies.get(record.strategy);
      const credential = await credentials.get(clusterId);
      if (!credential || !strategy.renew) {
        return;
      }
      const renewed = await strategy.renew(cluster, credential);
      const stored = await credentials.renew(
        clusterId,
        { ...renewed, strategy: record.strategy },
        credential,
      );
      if (!stored) {
        return;
      }
      logger.info(
        `The credential for cluster ${cluster.name} has been renewed; it is valid until ${renewed.expiresAt}`,
      );
      await this.#report({ clusterId, cluster: cluster.name });
    } catch (error) {
      const message = redact(toError(error).message);
      const current = await credentials
        .recordFailure(record, {
          message,
          renewAt: retryTime(this.#now(), record.expiresAt),
        })
        .catch(failure => {
          logger.error(redact(stringifyError(failure)));
          return true;
        });
      if (!current) {
        return;
      }
      logger.error(
        `The credential for cluster ${cluster.name} cannot be renewed and expires at ${record.expiresAt}: ${message}`,
      );
      await this.#report({ clusterId, cluster: cluster.name, error: message });
    }
  }

  async #report(renewal: CredentialRenewal): Promise<void> {
    try {
      await this.#options.onRenewal?.(renewal);
    } catch (error) {
      this.#options.logger.warn(
        `Cannot write the activity log: ${redact(stringifyError(error))}`,
      );
    }
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}
