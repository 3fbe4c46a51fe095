import { NotFoundError } from '@backstage/errors';
import { DefaultKeyRing } from './DefaultKeyRing';
import { KeyRingSettings, readKeyRingOptions } from './readKeyRingOptions';

/**
 * Opens the existing key ring to change it from outside a backend.
 *
 * @throws Error if one of its private keys cannot be decrypted: new keys would be encrypted with a secret that
 *   the backends do not have
 * @throws NotFoundError if no backend has created one yet
 */
export async function openKeyRing(
  settings: KeyRingSettings,
): Promise<DefaultKeyRing> {
  const keyRing = await DefaultKeyRing.open(readKeyRingOptions(settings));
  if ((await keyRing.list()).length === 0) {
    throw new NotFoundError(
      'There are no signing keys yet; a backend makes them when it starts',
    );
  }
  return keyRing;
}
