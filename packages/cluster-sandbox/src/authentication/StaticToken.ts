import { createHash, timingSafeEqual } from 'node:crypto';
import { UserInfo } from '../types';
import { TokenAuthenticator } from './Authenticator';

/** Authenticates the fixed token of the cluster's administrator. */
export class StaticToken implements TokenAuthenticator {
  readonly #digest: Buffer;
  readonly #user: UserInfo;

  constructor(token: string, user: UserInfo) {
    this.#digest = digest(token);
    this.#user = user;
  }

  async authenticate(token: string): Promise<UserInfo | undefined> {
    return timingSafeEqual(digest(token), this.#digest)
      ? this.#user
      : undefined;
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
