import { hash } from 'node:crypto';
import {
  JsonRecord,
  recordAt,
  textAt,
  valueAt,
} from '../resources/objects/json';

/** A Secret in which Helm stores a revision, as the portal has seen it. */
export interface StoredSecret {
  name: string;
  uid: string;
  /** As its label has it. */
  status: string;
  /** Of everything that helm reads of it. A controller may change the rest, such as annotations. */
  fingerprint: string;
}

/** Returns the fingerprint of a Secret. `relayedSecrets` computes the same in another process. */
export function fingerprintOf(secret: JsonRecord): string {
  return hash(
    'sha256',
    JSON.stringify([
      secret.type,
      Object.entries(recordAt(secret, 'metadata', 'labels')).sort(),
      valueAt(secret, 'data', 'release'),
    ]),
    'base64url',
  );
}

/** @param secret - as the API server answers it */
export function storedSecret(secret: JsonRecord): StoredSecret {
  const text = (...path: string[]) => textAt(secret, 'metadata', ...path) ?? '';
  return {
    name: text('name'),
    uid: text('uid'),
    status: text('labels', 'status'),
    fingerprint: fingerprintOf(secret),
  };
}
