import { AuditorService } from '@backstage/backend-plugin-api';
import { InputError, toError } from '@backstage/errors';
import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import { ConnectionStrategy, ConnectionTarget } from '@berth/plugin-berth-node';
import { SignedToken, TokenSigner } from '../../issuer/types';
import { atField } from '../../text/fieldProblems';

/** The portal's own user name on clusters. */
export const RECONCILER_USERNAME = 'berth:reconciler';

export interface OidcConnectionOptions {
  /** Reuses tokens if possible: it is called before every request to a cluster. */
  signer: TokenSigner;
  auditor: AuditorService;
}

/**
 * Connects to clusters without a stored credential, with a token of the portal's own issuer. The signer decides how
 * long a token is used, because it knows when its key was revoked.
 */
export class OidcConnection implements ConnectionStrategy {
  readonly #options: OidcConnectionOptions;
  /** The `jti` of the last token of each cluster and group, so that a token is audited once. */
  readonly #audited = new Map<string, string>();

  static create(options: OidcConnectionOptions): OidcConnection {
    return new OidcConnection(options);
  }

  private constructor(options: OidcConnectionOptions) {
    this.#options = options;
  }

  validate(credential: Record<string, string> | undefined): void {
    if (credential) {
      throw atField(
        new InputError(
          'credential is given, but the connection "oidc" stores none: leave it out, or choose "serviceAccount"',
        ),
        'credential',
      );
    }
  }

  getToken(target: ConnectionTarget): Promise<string> {
    return this.#mint(target, TOKEN_GROUPS.reconciler);
  }

  /** Uses only the group in every token, which has the fewest rights. */
  getIdentityToken(target: ConnectionTarget): Promise<string> {
    return this.#mint(target, TOKEN_GROUPS.scope);
  }

  async #mint(target: ConnectionTarget, group: string): Promise<string> {
    const signed = await this.#sign(target, group);
    const key = `${target.id} ${group}`;
    if (this.#audited.get(key) !== signed.jti) {
      this.#audited.set(key, signed.jti);
      const event = await this.#createEvent(target);
      await event.success({
        meta: { jti: signed.jti, subject: RECONCILER_USERNAME },
      });
    }
    return signed.token;
  }

  async #sign(target: ConnectionTarget, group: string): Promise<SignedToken> {
    try {
      return await this.#options.signer.sign({
        sub: RECONCILER_USERNAME,
        aud: target.id,
        groups: [group],
      });
    } catch (error) {
      const event = await this.#createEvent(target);
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  #createEvent({ id, name }: ConnectionTarget) {
    return this.#options.auditor.createEvent({
      eventId: 'token-mint',
      severityLevel: 'low',
      meta: { cluster: name, clusterId: id },
    });
  }
}
