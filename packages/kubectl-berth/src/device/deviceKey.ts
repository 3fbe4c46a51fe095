import { createHash, generateKeyPairSync } from 'node:crypto';
import { keyWords } from '@berth/plugin-berth-common';

export interface DeviceKeyPair {
  /** PKCS #8 in base64. */
  privateKey: string;
  /** The public key as the link to the portal has it: both coordinates in base64url. */
  publicKey: string;
  /** Four words by which a person compares the key in the terminal and in the portal. */
  words: string[];
}

export function createDeviceKey(): DeviceKeyPair {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = pair.publicKey.export({ format: 'jwk' });
  // RFC 7638: these members in this order.
  const canonical = JSON.stringify({ crv: 'P-256', kty: 'EC', x, y });
  return {
    privateKey: pair.privateKey
      .export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
    publicKey: `${x}.${y}`,
    words: keyWords(createHash('sha256').update(canonical).digest()),
  };
}
