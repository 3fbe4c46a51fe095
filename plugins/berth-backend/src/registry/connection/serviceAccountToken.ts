import { InputError } from '@backstage/errors';
import { isDnsLabel, isDnsSubdomain } from '@berth/plugin-berth-common';
import { decodeJwt, JWTPayload } from 'jose';
import { IssuedToken, ServiceAccount } from './requestToken';
import { atField } from '../../text/fieldProblems';

const SUBJECT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/**
 * Reads the service account from a token. It verifies nothing: the API server does that when the token is used.
 *
 * @throws InputError if it is not a token of a service account
 */
export function serviceAccountOf(token: string): ServiceAccount {
  const [, namespace = '', name = ''] =
    SUBJECT.exec(payloadOf(token)?.sub ?? '') ?? [];
  if (!isDnsLabel(namespace) || !isDnsSubdomain(name)) {
    throw atField(
      new InputError(
        'credential.token must be a service account token: a JWT whose subject is system:serviceaccount:NAMESPACE:NAME, such as the output of `kubectl create token`',
      ),
      'credential',
    );
  }
  return { namespace, name };
}

/**
 * Computes the life of a new token, in milliseconds. It uses the claims of the token if they can be read, because both
 * times are from the API server's clock.
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
