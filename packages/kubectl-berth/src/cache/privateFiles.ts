import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './folders';

const MAX_BYTES = 64 * 1024;
const OTHERS = 0o077;
/** Follows no symbolic link, and does not wait for a writer of a named pipe. Windows has neither flag. */
const READ =
  // eslint-disable-next-line no-bitwise -- flags
  constants.O_RDONLY |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);
/** A virus scanner can hold a new file open for a moment. */
const RENAME_PAUSES_MS = [20, 50, 100, 200];
const BUSY = ['EPERM', 'EACCES', 'EBUSY'];

/** What a file contains, or why it is not used. */
export type PrivateFile =
  | { text: string; refused?: undefined }
  | { text?: undefined; refused?: string };

/**
 * Reads a file that must be private: a small regular file of the current user, which nobody else may read, in a
 * folder for which the same is true. Returns nothing for a file that does not exist.
 */
export function readPrivateFile(path: string): PrivateFile {
  let file: number | undefined;
  try {
    const folder = dirname(path);
    const refusedFolder = folderRefusal(folder);
    if (refusedFolder) {
      return { refused: `${folder} ${refusedFolder}` };
    }
    file = openSync(path, READ);
    const stats = fstatSync(file);
    const refused = fileRefusal(stats);
    if (refused) {
      return { refused: `${path} ${refused}` };
    }
    const buffer = Buffer.alloc(stats.size);
    const length = readSync(file, buffer, 0, stats.size, 0);
    return { text: buffer.toString('utf8', 0, length) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return {};
    }
    return {
      refused:
        code === 'ELOOP'
          ? `${path} is a symbolic link`
          : `${path} cannot be read (${code})`,
    };
  } finally {
    if (file !== undefined) {
      closeSync(file);
    }
  }
}

/** Reads a private file with a JSON object. Returns undefined for any other file. */
export function readPrivateJson(
  path: string,
): Record<string, unknown> | undefined {
  const { text } = readPrivateFile(path);
  return text === undefined ? undefined : parseObject(text);
}

export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a private file: readers find the old content or the new one, never a part.
 *
 * @throws if the folder is not private, or not writable
 */
export function writePrivateFile(path: string, text: string): void {
  const folder = dirname(path);
  makePrivateFolder(folder);
  const temporary = join(folder, `.${process.pid}.${Date.now()}.tmp`);
  writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
  try {
    renameOver(temporary, path);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}

/** @throws if the folder exists and is not private */
export function makePrivateFolder(folder: string): void {
  makeFolder(folder);
  const refused = folderRefusal(folder);
  if (refused) {
    throw new Error(`${folder} ${refused}`);
  }
}

function renameOver(from: string, to: string): void {
  for (const pause of RENAME_PAUSES_MS) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (!BUSY.includes((error as NodeJS.ErrnoException).code ?? '')) {
        throw error;
      }
      sleepSync(pause);
    }
  }
  renameSync(from, to);
}

function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function folderRefusal(folder: string): string | undefined {
  const stats = lstatSync(folder);
  return stats.isDirectory() ? accessRefusal(stats) : 'is not a folder';
}

function fileRefusal(stats: Stats): string | undefined {
  if (!stats.isFile()) {
    return 'is not a regular file';
  }
  if (stats.size > MAX_BYTES) {
    return `is larger than ${MAX_BYTES} bytes`;
  }
  return accessRefusal(stats);
}

/** Windows has no modes: there, the profile folder of the user is private. */
function accessRefusal({ uid, mode }: Stats): string | undefined {
  const user = process.getuid?.();
  if (user === undefined) {
    return undefined;
  }
  if (uid !== user) {
    return `belongs to another user (ID ${uid})`;
  }
  // eslint-disable-next-line no-bitwise -- a file mode
  return (mode & OTHERS) === 0
    ? undefined
    : // eslint-disable-next-line no-bitwise -- a file mode
      `is open to other users (mode ${(mode & 0o777).toString(8)})`;
}
