import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makePrivateFolder } from './privateFiles';

/** Longer than a mint takes at most. */
const STALE_MS = 20_000;
/** When temporary files of processes that were killed are removed. */
const LEFTOVER_MS = 10 * 60_000;
const OWNER = 'owner';

/**
 * A lock of a cluster, so that of many processes one gets a token. It is a folder, which all file systems create
 * atomically, and a file of its own, so that no reader of the cache is in the way of it. The lock saves calls, and
 * nothing depends on it: a process that cannot lock gets a token of its own.
 */
export class MintLock {
  readonly #folder: string;
  readonly #path: string;

  constructor(folder: string, clusterId: string) {
    this.#folder = folder;
    this.#path = join(folder, `${clusterId}.lock`);
  }

  /**
   * Takes the lock, or returns false where another process has it.
   *
   * @throws if the folder is not private, or not writable
   */
  take(): boolean {
    makePrivateFolder(this.#folder);
    try {
      mkdirSync(this.#path, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
        return false;
      }
      throw error;
    }
    writeFileSync(join(this.#path, OWNER), thisProcess());
    return true;
  }

  release(): void {
    rmSync(this.#path, { recursive: true, force: true });
  }

  /** Removes a lock whose process is dead, and returns whether there is no lock any more. */
  breakStale(): boolean {
    try {
      const alive = this.#ownerIsAlive();
      const { mtimeMs } = statSync(this.#path);
      if (alive ?? this.#time() - mtimeMs < STALE_MS) {
        return false;
      }
      // One process succeeds in renaming; then the others see that the lock is gone.
      const own = join(this.#folder, `.${process.pid}.${Date.now()}.tmp`);
      renameSync(this.#path, own);
      rmSync(own, { recursive: true, force: true });
      return true;
    } catch {
      return true;
    }
  }

  /** Removes temporary files that processes left when they were killed. */
  removeLeftovers(): void {
    const oldest = this.#time() - LEFTOVER_MS;
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      if (/^\..+\.tmp$/.test(name) && statSync(path).mtimeMs < oldest) {
        rmSync(path, { recursive: true, force: true });
      }
    }
  }

  /** Returns undefined where that cannot be known: the owner runs on another computer, or is just taking the lock. */
  #ownerIsAlive(): boolean | undefined {
    const [host, pid] = this.#owner().split('\n');
    if (host !== hostname() || !/^\d+$/.test(pid)) {
      return undefined;
    }
    try {
      process.kill(Number(pid), 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ESRCH';
    }
  }

  #owner(): string {
    try {
      return readFileSync(join(this.#path, OWNER), 'utf8');
    } catch {
      return '';
    }
  }

  /** Returns the time of the file system, which can be of another computer. */
  #time(): number {
    const path = join(this.#folder, `.${process.pid}.time.tmp`);
    writeFileSync(path, '', { mode: 0o600 });
    const { mtimeMs } = statSync(path);
    rmSync(path, { force: true });
    return mtimeMs;
  }
}

function thisProcess(): string {
  return `${hostname()}\n${process.pid}`;
}
