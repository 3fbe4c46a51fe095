import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Removes the folder a moment after this process ends, when the processes that write to the folder are killed. */
const WATCHDOG = 'cat >/dev/null; sleep 1; rm -rf "$1"';

/** A folder that is removed with `remove`, or when this process ends. */
export class TemporaryDirectory {
  readonly path: string;
  readonly #watchdog: ChildProcess;

  private constructor(path: string) {
    this.path = path;
    // In its own process group, so that Ctrl+C ends the tests but not their clean-up.
    this.#watchdog = spawn('sh', ['-c', WATCHDOG, 'watchdog', path], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#watchdog.unref();
  }

  /** @param prefix - the beginning of the folder's name */
  static async create(prefix: string): Promise<TemporaryDirectory> {
    return new TemporaryDirectory(await mkdtemp(join(tmpdir(), prefix)));
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    this.#watchdog.kill('SIGKILL');
    this.#watchdog.stdin?.destroy();
  }
}
