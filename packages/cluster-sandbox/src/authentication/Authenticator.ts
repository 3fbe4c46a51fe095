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

  /** @throws StatusError 401 when there is a bearer token that nothing accepts */
  async authenticate(header: string | undefined): Promise<UserInfo> {
    const match = /^bearer\s+(\S+)\s*$/i.exec(header ?? '');
    if (!match) {
      return ANONYMOUS;
    }
    for (const authenticator of this.#authenticators) {
      const user = await authenticator.authenticate(match[1]);
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
