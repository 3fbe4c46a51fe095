import { unauthorized } from '../status';
import { UserInfo } from '../types';

/** Authenticates one kind of bearer token; returns undefined for other kinds, and for invalid tokens. */
export interface TokenAuthenticator {
  authenticate(token: string): Promise<UserInfo | undefined>;
}

export const ANONYMOUS: UserInfo = {
  username: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

/** Authenticates requests by their Authorization header. */
export class Authenticator {
  readonly #authenticators: TokenAuthenticator[];

  constructor(authenticators: TokenAuthenticator[]) {
    this.#authenticators = authenticators;
  }

  /**
   * Authenticates a request. Like kube-apiserver, reads a token up to the next space.
   *
   * @throws StatusError 401 if no authenticator accepts the bearer token
   */
  async authenticate(header: string | undefined): Promise<UserInfo> {
    const [scheme, token] = (header ?? '').trim().split(' ');
    if (scheme.toLowerCase() !== 'bearer' || !token) {
      return ANONYMOUS;
    }
    for (const authenticator of this.#authenticators) {
      const user = await authenticator.authenticate(token);
      if (user) {
        return withAuthenticated(user);
      }
    }
    throw unauthorized();
  }
}

export function withAuthenticated(user: UserInfo): UserInfo {
  return user.groups.includes('system:authenticated')
    ? user
    : { ...user, groups: [...user.groups, 'system:authenticated'] };
}
