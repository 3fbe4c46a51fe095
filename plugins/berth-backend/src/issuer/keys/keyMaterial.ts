import { calculateJwkThumbprint, exportJWK, generateKeyPair, JWK } from 'jose';
import { KeyAlgorithm, KeyMaterial } from './types';

const MODULUS_LENGTH = 2048;

/** Generates a key pair whose `kid` is its RFC 7638 thumbprint. */
export async function generateKeyMaterial(
  algorithm: KeyAlgorithm,
): Promise<KeyMaterial> {
  const pair = await generateKeyPair(algorithm, {
    extractable: true,
    ...(algorithm === 'RS256' && { modulusLength: MODULUS_LENGTH }),
  });
  const members = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(members, 'sha256');
  const publicJwk: JWK = { ...members, kid, alg: algorithm, use: 'sig' };
  return {
    kid,
    algorithm,
    publicJwk,
    privateJwk: await exportJWK(pair.privateKey),
  };
}
