import { UserInfo } from '../types';
import { TokenAuthenticator } from './Authenticator';
import { OidcAuthenticator, TrustedIssuer } from './OidcAuthenticator';

/** The issuer that a cluster trusts at the moment, if any. */
export class IssuerAuthenticator implements TokenAuthenticator {
  #current: OidcAuthenticator | undefined;

  set(issuer: TrustedIssuer | undefined): void {
    const old = this.#current;
    this.#current = issuer && new OidcAuthenticator(issuer);
    // Requests under way on the old connections fail, and so does their authentication, which is right.
    old?.close().catch(() => undefined);
  }

  async authenticate(token: string): Promise<UserInfo | undefined> {
    return this.#current?.authenticate(token);
  }
}
