import { unauthorized } from '../status';
import { UserInfo } from '../types';

/** Knows one kind of bearer token; undefined means that it is not one of its own, or not valid. */
export interface TokenAuthenticator {
  authenticate(token: string): Promise<UserInfo | undefined>;
}

export const ANONYMOUS: UserInfo = {
  username: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

/** Finds out who sends a request, from its Authorization header alone. */
export class Authenticator {
  readonly #authenticators: TokenAuthenticator[];

  constructor(authenticators: TokenAuthenticator[]) {
    this.#authenticators = authenticators;
  }

  /**
   * As kube-apiserver does it, reads a token up to the next space.
   *
   * @throws StatusError 401 when there is a bearer token that nothing accepts
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
