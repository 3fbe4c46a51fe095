import { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import { SignedToken, TokenSigner } from '../../issuer/types';
import { ClusterRecord, ConnectionStrategy } from '../types';

/** The portal's own user name on clusters. */
export const RECONCILER_USERNAME = 'berth:reconciler';

export interface OidcConnectionOptions {
  /** Hands out a token again where it can: it is asked before every call to a cluster. */
  signer: TokenSigner;
  auditor: AuditorService;
}

/**
 * Reaches clusters without a stored credential: by a token of the portal's own issuer. How long a token
 * serves is the signer's to decide, who knows when its key was revoked.
 */
export class OidcConnection implements ConnectionStrategy {
  readonly #options: OidcConnectionOptions;
  /** The `jti` of the last token of each cluster, so that a token is audited once. */
  readonly #audited = new Map<string, string>();

  static create(options: OidcConnectionOptions): OidcConnection {
    return new OidcConnection(options);
  }

  private constructor(options: OidcConnectionOptions) {
    this.#options = options;
  }

  async getToken(cluster: ClusterRecord): Promise<string> {
    const signed = await this.#sign(cluster);
    if (this.#audited.get(cluster.id) !== signed.jti) {
      this.#audited.set(cluster.id, signed.jti);
      const event = await this.#createEvent(cluster);
      await event.success({
        meta: { jti: signed.jti, subject: RECONCILER_USERNAME },
      });
    }
    return signed.token;
  }

  async #sign(cluster: ClusterRecord): Promise<SignedToken> {
    try {
      return await this.#options.signer.sign({
        sub: RECONCILER_USERNAME,
        aud: cluster.id,
        groups: [TOKEN_GROUPS.reconciler],
      });
    } catch (error) {
      const event = await this.#createEvent(cluster);
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  #createEvent({ id, name }: ClusterRecord) {
    return this.#options.auditor.createEvent({
      eventId: 'token-mint',
      severityLevel: 'low',
      meta: { cluster: name, clusterId: id },
    });
  }
}
