import { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import { TokenSigner } from '../../issuer/types';
import { ClusterRecord, ConnectionStrategy } from '../types';

/** The portal's own user name on clusters. */
export const RECONCILER_USERNAME = 'berth:reconciler';

export interface OidcConnectionOptions {
  signer: TokenSigner;
  auditor: AuditorService;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

interface CachedToken {
  token: Promise<string>;
  /** Milliseconds since the epoch; unknown until the token is signed. */
  useUntil?: number;
}

/**
 * Reaches clusters without a stored credential: by a token of the portal's own issuer, which is kept
 * until half of its life is over.
 */
export class OidcConnection implements ConnectionStrategy {
  readonly #signer: TokenSigner;
  readonly #auditor: AuditorService;
  readonly #now: () => number;
  readonly #cache = new Map<string, CachedToken>();

  static create(options: OidcConnectionOptions): OidcConnection {
    return new OidcConnection(options);
  }

  private constructor(options: OidcConnectionOptions) {
    this.#signer = options.signer;
    this.#auditor = options.auditor;
    this.#now = options.now ?? Date.now;
  }

  async getToken(cluster: ClusterRecord): Promise<string> {
    this.#forgetOld();
    let cached = this.#cache.get(cluster.id);
    if (!cached) {
      cached = this.#begin(cluster);
      this.#cache.set(cluster.id, cached);
    }
    return cached.token;
  }

  #forgetOld() {
    for (const [clusterId, { useUntil }] of this.#cache) {
      if (useUntil !== undefined && useUntil <= this.#now()) {
        this.#cache.delete(clusterId);
      }
    }
  }

  #begin(cluster: ClusterRecord): CachedToken {
    const cached: CachedToken = {
      token: this.#sign(cluster).then(
        ({ token, useUntil }) => {
          cached.useUntil = useUntil;
          return token;
        },
        error => {
          this.#cache.delete(cluster.id);
          throw error;
        },
      ),
    };
    return cached;
  }

  async #sign(cluster: ClusterRecord) {
    const event = await this.#auditor.createEvent({
      eventId: 'token-mint',
      severityLevel: 'low',
      meta: { cluster: cluster.name, clusterId: cluster.id },
    });
    try {
      const signedAt = this.#now();
      const { token, jti, expiresAt } = await this.#signer.sign({
        sub: RECONCILER_USERNAME,
        aud: cluster.id,
        groups: [TOKEN_GROUPS.reconciler],
      });
      await event.success({ meta: { jti, subject: RECONCILER_USERNAME } });
      return { token, useUntil: (signedAt + expiresAt.getTime()) / 2 };
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}
