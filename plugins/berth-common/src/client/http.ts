import { ResponseError } from '@backstage/errors';

/**
 * The dependencies of the client.
 *
 * @public
 */
export interface BerthClientOptions {
  /** Returns the base URL of the plugin's API, such as `https://portal.example.com/api/berth`. */
  getBaseUrl: () => Promise<string>;
  /** A `fetch` that adds the caller's credentials. */
  fetch: typeof fetch;
}

/** The parts of a call beyond its path. */
export interface Payload {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls Berth's API. A response that is not a success becomes a `ResponseError` with the backend's error body. */
export class BerthHttp {
  readonly #options: BerthClientOptions;

  constructor(options: BerthClientOptions) {
    this.#options = options;
  }

  baseUrl(): Promise<string> {
    return this.#options.getBaseUrl();
  }

  async json<T>(method: string, path: string, payload?: Payload): Promise<T> {
    return (await this.request(method, path, payload)).json();
  }

  async request(
    method: string,
    path: string,
    { body, headers, signal }: Payload = {},
  ): Promise<Response> {
    const url = `${await this.#options.getBaseUrl()}${path}`;
    const response = await this.#options.fetch(url, {
      method,
      ...(signal && { signal }),
      ...(headers && { headers }),
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }

  /** Yields the JSON objects of an answer that has one on each line, as they arrive. */
  async *lines<T>(path: string, payload?: Payload): AsyncGenerator<T> {
    const { body } = await this.request('GET', path, payload);
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    try {
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        const lines = `${rest}${value ?? ''}`.split('\n');
        rest = done ? '' : lines.pop()!;
        yield* lines.filter(Boolean).map(line => JSON.parse(line) as T);
        if (done) {
          return;
        }
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  }
}

/** Joins segments to a path and escapes each of them. */
export function pathOf(...segments: string[]): string {
  return segments.map(segment => `/${encodeURIComponent(segment)}`).join('');
}

/** Returns a query string with its question mark, or an empty string. A list becomes one parameter for each value. */
export function queryOf(query: object): string {
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value ?? []].flat().map(item => [name, String(item)]),
    ),
  );
  return parameters.size > 0 ? `?${parameters}` : '';
}
