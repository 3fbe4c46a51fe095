import { InputError } from '@backstage/errors';
import { isDnsLabel, isDnsSubdomain } from '@berth/plugin-berth-common';
import { decodeJwt, JWTPayload } from 'jose';
import { IssuedToken, ServiceAccount } from './requestToken';

const SUBJECT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/**
 * Whose token it is. Nothing is verified: that is the API server's to do when the token is used.
 *
 * @throws InputError if it is no token of a service account
 */
export function serviceAccountOf(token: string): ServiceAccount {
  const [, namespace = '', name = ''] =
    SUBJECT.exec(payloadOf(token)?.sub ?? '') ?? [];
  if (!isDnsLabel(namespace) || !isDnsSubdomain(name)) {
    throw new InputError(
      'credential.token is no token of a service account: it must be a JWT whose subject is system:serviceaccount:NAMESPACE:NAME, such as the output of `kubectl create token`',
    );
  }
  return { namespace, name };
}

/**
 * How long a token that was issued a moment ago lives, in milliseconds. By what the token says of itself
 * where it can be read, as both its times are of the API server's clock.
 */
export function lifeOf(issued: IssuedToken, now: Date): number {
  const { iat, exp } = payloadOf(issued.token) ?? {};
  return iat !== undefined && exp !== undefined && exp > iat
    ? (exp - iat) * 1000
    : Date.parse(issued.expirationTimestamp) - now.getTime();
}

function payloadOf(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
