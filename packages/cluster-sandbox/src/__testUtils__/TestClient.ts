import { Agent, request } from 'undici';
import { SandboxCluster } from '../SandboxCluster';

export interface Answer {
  code: number;
  body: any;
  headers: Record<string, string | string[] | undefined>;
}

/** A client of a sandbox for tests, anonymous without a token. */
export class TestClient {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(cluster: SandboxCluster, token?: string) {
    this.#agent = new Agent({ connect: { ca: cluster.caPem } });
    this.#url = cluster.apiServer;
    this.#token = token;
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await request(`${this.#url}${path}`, {
      method,
      dispatcher: this.#agent,
      body: body === undefined ? undefined : text,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...headers,
      },
    });
    const answer = await response.body.text();
    const isJson = `${response.headers['content-type']}`.includes('json');
    return {
      code: response.statusCode,
      headers: response.headers,
      body: isJson && answer ? JSON.parse(answer.split('\n')[0]) : answer,
    };
  }

  /** Returns the lines of a watch until one of them is accepted. */
  async watch(
    path: string,
    isLast: (event: any) => boolean,
    timeoutMs = 45_000,
  ): Promise<any[]> {
    const events: any[] = [];
    const response = await request(`${this.#url}${path}`, {
      dispatcher: this.#agent,
      headers: this.#token ? { authorization: `Bearer ${this.#token}` } : {},
      signal: AbortSignal.timeout(timeoutMs),
    });
    let rest = '';
    for await (const chunk of response.body) {
      rest += chunk;
      const lines = rest.split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        events.push(JSON.parse(line));
        if (isLast(events[events.length - 1])) {
          response.body.destroy();
          return events;
        }
      }
    }
    return events;
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** Waits until a condition is met. */
export async function eventually<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  timeoutMs = 45_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (holds(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `it did not come to hold; last seen: ${JSON.stringify(value)}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
