import {
  closeSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder } from '../cache/folders';
import { Problem } from '../Problem';

const LOCK_TRIES = 40;
const LOCK_PAUSE_MS = 50;

export interface KubeconfigFiles {
  /** The file that is changed. */
  path: string;
  /** Further files of KUBECONFIG. */
  others: string[];
}

/** Returns the files that kubectl reads: one that the person names, those of KUBECONFIG, or `~/.kube/config`. */
export function kubeconfigFiles(
  named: string | undefined,
  env = process.env,
): KubeconfigFiles {
  if (named !== undefined) {
    return { path: resolve(named), others: [] };
  }
  const [first, ...others] = (env.KUBECONFIG ?? '')
    .split(delimiter)
    .filter(path => path !== '')
    .map(path => resolve(path));
  return { path: first ?? join(homedir(), '.kube', 'config'), others };
}

/** Reads a kubeconfig; a file that does not exist is empty. */
export function readKubeconfig(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return '';
    }
    throw new Problem(`${path} cannot be read (${code}).`);
  }
}

/**
 * Changes a kubeconfig while it has the lock of kubectl and every other client: a file next to the kubeconfig.
 * Returns whether the text is another one.
 *
 * @see https://pkg.go.dev/k8s.io/client-go/tools/clientcmd#ModifyConfig
 */
export async function changeKubeconfig(
  path: string,
  change: (text: string) => string,
): Promise<boolean> {
  const lock = `${path}.lock`;
  await take(lock, path);
  const interrupted = (signal: NodeJS.Signals) => {
    unlinkSync(lock);
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    const before = readKubeconfig(path);
    const after = change(before);
    if (after !== before) {
      write(path, after);
    }
    return after !== before;
  } finally {
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', interrupted);
    unlinkSync(lock);
  }
}

async function take(lock: string, path: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      makeFolder(dirname(path));
      closeSync(openSync(lock, 'wx', 0o600));
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') {
        throw new Problem(`${path} cannot be changed (${code}: ${lock}).`);
      }
      if (tries === LOCK_TRIES) {
        throw new Problem(
          `Another program changes ${path}: ${lock} exists. If no program does, delete ${lock} and run: kubectl berth setup`,
        );
      }
    }
    await pause(LOCK_PAUSE_MS);
  }
}

/** Replaces the file at once, with the same mode. A symbolic link stays, and its target is replaced. */
function write(path: string, text: string): void {
  const { target, mode } = existing(path) ?? { target: path, mode: 0o600 };
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { mode, flag: 'wx' });
    renameSync(temporary, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    remove(temporary);
    if (code !== 'EBUSY') {
      throw new Problem(`${path} cannot be written (${code}).`);
    }
    // A file that is mounted into a container cannot be replaced.
    writeFileSync(target, text);
  }
}

function existing(path: string) {
  try {
    const target = realpathSync(path);
    // eslint-disable-next-line no-bitwise -- a file mode
    return { target, mode: statSync(target).mode & 0o777 };
  } catch {
    return undefined;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The file was not created.
  }
}
