import { randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { UserInfo } from '../types';
import { TokenAuthenticator } from './Authenticator';

export const SERVICE_ACCOUNT_ISSUER =
  'https://kubernetes.default.svc.cluster.local';

export interface ServiceAccountName {
  namespace: string;
  name: string;
  uid: string;
}

/** Issues tokens for service accounts, and accepts them while the account exists. */
export class ServiceAccountTokens implements TokenAuthenticator {
  readonly #key = randomBytes(32);
  readonly #uidOf: (namespace: string, name: string) => string | undefined;

  /** @param uidOf - returns the current UID of a service account; undefined if there is none */
  constructor(uidOf: (namespace: string, name: string) => string | undefined) {
    this.#uidOf = uidOf;
  }

  async issue(
    { namespace, name, uid }: ServiceAccountName,
    audiences: string[],
    seconds: number,
  ): Promise<{ token: string; expires: Date }> {
    const expires = new Date(Date.now() + seconds * 1000);
    const token = await new SignJWT({
      'kubernetes.io': { namespace, serviceaccount: { name, uid } },
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(SERVICE_ACCOUNT_ISSUER)
      .setSubject(`system:serviceaccount:${namespace}:${name}`)
      .setAudience(audiences)
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime(expires)
      .setJti(randomUUID())
      .sign(this.#key);
    return { token, expires };
  }

  async authenticate(token: string): Promise<UserInfo | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        issuer: SERVICE_ACCOUNT_ISSUER,
        audience: SERVICE_ACCOUNT_ISSUER,
      });
      const claim = payload['kubernetes.io'] as {
        namespace: string;
        serviceaccount: { name: string; uid: string };
      };
      const { namespace, serviceaccount } = claim;
      if (this.#uidOf(namespace, serviceaccount.name) !== serviceaccount.uid) {
        return undefined;
      }
      return {
        username: payload.sub!,
        uid: serviceaccount.uid,
        groups: [
          'system:serviceaccounts',
          `system:serviceaccounts:${namespace}`,
        ],
      };
    } catch {
      return undefined;
    }
  }
}
