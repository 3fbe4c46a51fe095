import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Service } from './serve';

/** The time that the process may take to end before it is killed. */
const STOP_MS = 5_000;

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/** A process that serves calls, see `serve`. It ends with the process that started it. */
export class ServiceProcess<S extends Service> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #count = 0;

  /**
   * @param file - below `src`
   * @param flags - for Node.js, such as `--max-old-space-size=512`
   */
  static start<S extends Service>(
    file: string,
    flags: string[] = [],
  ): ServiceProcess<S> {
    const path = resolvePackagePath('benchmarks', 'src', file);
    return new ServiceProcess<S>(
      fork(path, { execArgv: [...process.execArgv, ...flags] }),
    );
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', answer => {
      const { id } = answer as Answer;
      this.#waiting.get(id)?.(answer as Answer);
      this.#waiting.delete(id);
    });
    child.on('exit', (code, signal) => {
      for (const [id, tell] of this.#waiting) {
        tell({ id, error: `The process ended with ${signal ?? code}` });
      }
      this.#waiting.clear();
    });
  }

  /** @throws Error if the call fails or the process ends */
  async call<M extends keyof S & string>(
    method: M,
    argument: Parameters<S[M]>[0],
  ): Promise<Awaited<ReturnType<S[M]>>> {
    const id = this.#count++;
    const { result, error } = await new Promise<Answer>(resolve => {
      this.#waiting.set(id, resolve);
      this.#child.send({ id, method, argument });
    });
    if (error) {
      throw new Error(error);
    }
    return result as Awaited<ReturnType<S[M]>>;
  }

  /** Freezes the process: its sockets stay open, and nothing answers. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
      this.#child.disconnect();
      await ended;
      clearTimeout(timer);
    }
  }
}
