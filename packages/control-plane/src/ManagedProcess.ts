import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const STOP_DEADLINE_MS = 10_000;
const KEPT_OUTPUT = 20_000;

/**
 * A shell that outlives this process: its input closes when this process ends in any way. A process that never
 * started has no id to kill.
 */
const WATCHDOG = 'cat >/dev/null; [ -n "$1" ] && kill -KILL "$1" 2>/dev/null';

export interface StartOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** A child process that ends with this one, and whose last output is kept for error messages. */
export class ManagedProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #watchdog: ChildProcess;
  #output = '';

  private constructor(program: string, args: string[], options: StartOptions) {
    this.#name = program.split('/').pop()!;
    this.#child = spawn(program, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#watchdog = spawn(
      'sh',
      ['-c', WATCHDOG, 'watchdog', `${this.#child.pid ?? ''}`],
      // In its own process group, so that Ctrl+C does not end it before its work is done.
      { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    this.#watchdog.unref();
    this.#child.once('exit', () => this.#watchdog.kill('SIGKILL'));
    this.#child.once('error', error => {
      this.#output = `${this.#output}${error.message}\n`;
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', data => {
        this.#output = `${this.#output}${data}`.slice(-KEPT_OUTPUT);
      });
    }
  }

  static start(
    program: string,
    args: string[],
    options: StartOptions = {},
  ): ManagedProcess {
    return new ManagedProcess(program, args, options);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** @throws Error with the process's last output if it has ended */
  assertRunning(): void {
    if (this.#hasEnded()) {
      throw new Error(`${this.#name} has ended:\n${this.#output}`);
    }
  }

  /** The last output of the process. */
  get output(): string {
    return this.#output;
  }

  /** @param deadlineMs - how long the process may take before it is killed */
  async stop(deadlineMs = STOP_DEADLINE_MS): Promise<void> {
    if (this.#hasEnded()) {
      return;
    }
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const deadline = setTimeout(() => this.#child.kill('SIGKILL'), deadlineMs);
    await exited;
    clearTimeout(deadline);
  }

  #hasEnded(): boolean {
    const { pid, exitCode, signalCode } = this.#child;
    return pid === undefined || exitCode !== null || signalCode !== null;
  }
}
