import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** What the client measured. */
export interface Taken {
  /** Requests per second. */
  rate: number;
  /** Milliseconds of each. */
  times: number[];
}

/** An HTTP client in a process of its own, so that it does not share the server's event loop. */
export class HttpClientProcess {
  readonly #child: ChildProcess;

  static start(): HttpClientProcess {
    const file = resolvePackagePath('benchmarks', 'src/http/httpClient.ts');
    return new HttpClientProcess(fork(file));
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /**
   * Asks for one URL after the other, and begins anew after the last.
   *
   * @param connections - how many requests are under way at a time
   * @throws Error if an answer is not 200
   */
  async get(
    urls: string[],
    requests: number,
    connections: number,
  ): Promise<Taken> {
    this.#child.send({ urls, requests, connections });
    const [answer] = await once(this.#child, 'message');
    if (answer.error) {
      throw new Error(answer.error);
    }
    return answer;
  }

  stop(): void {
    this.#child.kill();
  }
}
