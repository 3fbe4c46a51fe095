import { UserInfo } from '../types';
import { TokenAuthenticator } from './Authenticator';
import { OidcAuthenticator, TrustedIssuer } from './OidcAuthenticator';

/** Authenticates tokens of the issuer that a cluster currently trusts, if any. */
export class IssuerAuthenticator implements TokenAuthenticator {
  #current: OidcAuthenticator | undefined;

  set(issuer: TrustedIssuer | undefined): void {
    const old = this.#current;
    this.#current = issuer && new OidcAuthenticator(issuer);
    // Running requests on the old connections fail, and so does their authentication, which is correct.
    old?.close().catch(() => undefined);
  }

  async authenticate(token: string): Promise<UserInfo | undefined> {
    return this.#current?.authenticate(token);
  }
}
