import { createPrivateKey, randomUUID, sign } from 'node:crypto';

const LIFETIME_S = 60;

/** What a device asks of the portal: the last part of the route, and the claims that the route needs. */
export type Act =
  | { act: 'activate'; code: string }
  | { act: 'credential'; cluster: string; clusterId: string }
  | { act: 'clusters' }
  | { act: 'end' };

export interface Signer {
  /** The ID of the device. */
  id: string;
  /** PKCS #8 in base64. */
  privateKey: string;
  issuer: string;
}

/**
 * Signs one call of one route by the key of the device.
 *
 * @param now - the portal's time, in milliseconds
 * @see https://www.rfc-editor.org/rfc/rfc7515
 */
export function signAssertion(
  { id, privateKey, issuer }: Signer,
  act: Act,
  now: number,
): string {
  const iat = Math.floor(now / 1000);
  const content = [
    { alg: 'ES256', typ: 'berth-device+jwt', kid: id },
    { aud: issuer, iat, exp: iat + LIFETIME_S, jti: randomUUID(), ...act },
  ]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(content), {
    key: createPrivateKey({
      key: Buffer.from(privateKey, 'base64'),
      format: 'der',
      type: 'pkcs8',
    }),
    // RFC 7518 §3.4: both numbers in a row, not in DER.
    dsaEncoding: 'ieee-p1363',
  });
  return `${content}.${signature.toString('base64url')}`;
}
