import { execFile } from 'node:child_process';
import { Stats } from 'node:fs';
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { InputError } from '@backstage/errors';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { helmEnvironment } from './environment';

const run = promisify(execFile);

/** Earlier versions have known faults in security. */
const LEAST = [4, 1, 4];
const VERSION = /^v(\d+)\.(\d+)\.(\d+)(\+[\w.-]+)?$/;
const VERSION_MS = 30_000;
const WRITABLE_BY_OTHERS = 0o022;
const EXECUTABLE = 0o111;
const STICKY = 0o1000;

export interface HelmBinary {
  /** Without symbolic links. */
  path: string;
  /** Such as `v4.2.3`. */
  version: string;
}

/**
 * Checks the program that `berth.helm.binary` names.
 *
 * @throws InputError with the rule that the program breaks
 */
export async function checkHelmBinary(configured: string): Promise<HelmBinary> {
  const named = `berth.helm.binary ${quoteUntrusted(configured)}`;
  if (!isAbsolute(configured)) {
    throw new InputError(`${named} must be an absolute path`);
  }
  let path: string;
  try {
    path = await realpath(configured);
  } catch {
    throw new InputError(`${named} must be a program that the portal can read`);
  }
  await assertNotWritable(named, path);
  const version = await versionOf(named, path);
  const found = VERSION.exec(version)?.slice(1, 4).map(Number);
  if (!found || isLess(found, LEAST)) {
    throw new InputError(
      `${named} must be a release of Helm ${LEAST.join(
        '.',
      )} or later, but it answers ${quoteUntrusted(version)}`,
    );
  }
  return { path, version };
}

/** Users who can write the program or a folder above it can run any program as the portal. */
async function assertNotWritable(named: string, path: string): Promise<void> {
  const file = await stat(path);
  if (!file.isFile() || !hasAny(file, EXECUTABLE)) {
    throw new InputError(`${named} must be a program`);
  }
  if (isWritableByOthers(file)) {
    throw new InputError(`${named} must not be writable by other users`);
  }
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (isWritableByOthers(await stat(folder))) {
      throw new InputError(
        `${named} must be in folders that other users cannot write to, but they can write to ${quoteUntrusted(
          folder,
        )}`,
      );
    }
    if (folder === dirname(folder)) {
      return;
    }
  }
}

function isWritableByOthers(entry: Stats): boolean {
  const own = [0, process.getuid?.() ?? 0];
  // In a sticky folder, people change only entries of their own.
  const sticky = entry.isDirectory() && hasAny(entry, STICKY);
  return (
    !own.includes(entry.uid) || (!sticky && hasAny(entry, WRITABLE_BY_OTHERS))
  );
}

function hasAny({ mode }: Stats, bits: number): boolean {
  // eslint-disable-next-line no-bitwise -- the mode of a file is a set of bits
  return (mode & bits) !== 0;
}

async function versionOf(named: string, path: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-helm-'));
  try {
    const { stdout } = await run(path, ['version', '--template={{.Version}}'], {
      cwd: folder,
      env: helmEnvironment(folder),
      timeout: VERSION_MS,
    });
    return stdout.trim();
  } catch {
    throw new InputError(`${named} must be helm, but it reports no version`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isLess(a: number[], b: number[]): boolean {
  const difference = a.map((part, index) => part - b[index]).find(Boolean);
  return (difference ?? 0) < 0;
}
