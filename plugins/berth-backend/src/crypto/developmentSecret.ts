import { InputError } from '@backstage/errors';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DEVELOPMENT_MARK } from './KeyCipher';

const REMEDY =
  'Set berth.keys.encryptionSecret to at least 32 random characters instead';

/** Returns the file in which a backend without `berth.keys.encryptionSecret` keeps its secret. */
export function developmentSecretFile(directory: string): string {
  return join(directory, '.berth', 'encryption-secret');
}

/** Generates a random secret that production refuses if someone copies it there. */
export function generateDevelopmentSecret(): string {
  return `${DEVELOPMENT_MARK}-${randomBytes(32).toString('base64url')}`;
}

/**
 * Reads the stored secret.
 *
 * @returns undefined if there is no file
 * @throws InputError if users other than its owner can read the file
 */
export async function readDevelopmentSecret(
  file: string,
): Promise<string | undefined> {
  let handle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw new InputError(`Cannot read the secret in ${file}. ${REMEDY}`, error);
  }
  try {
    const { mode } = await handle.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new InputError(
        `Other users can read the secret in ${file}. Run \`chmod 600 ${file}\`, or delete the file and the database that it encrypts`,
      );
    }
    return (await handle.readFile('utf8')).trim();
  } finally {
    await handle.close();
  }
}

/**
 * Reads the stored secret, and creates it at the first start. If several backends start at once, they all get the
 * secret of the first.
 *
 * @throws InputError if the secret cannot be stored
 */
export async function loadOrCreateDevelopmentSecret(
  file: string,
): Promise<string> {
  const kept = await readDevelopmentSecret(file);
  if (kept !== undefined) {
    return kept;
  }
  try {
    await write(file, generateDevelopmentSecret());
  } catch (error) {
    throw new InputError(
      `berth.keys.encryptionSecret is not set, and a secret for development cannot be kept in ${file}. ${REMEDY}`,
      error,
    );
  }
  const written = await readDevelopmentSecret(file);
  if (written === undefined) {
    throw new InputError(`${file} was removed during the start. ${REMEDY}`);
  }
  return written;
}

/** Leaves an existing file unchanged. Other processes never read an incomplete secret. */
async function write(file: string, secret: string): Promise<void> {
  const directory = dirname(file);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, '.gitignore'), '*\n');
  const temporary = `${file}.${randomBytes(8).toString('hex')}`;
  await writeFile(temporary, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw error;
    }
  } finally {
    await unlink(temporary);
  }
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code;
}
