import { ResponseError } from '@backstage/errors';

/**
 * What the client needs from its surroundings.
 *
 * @public
 */
export interface BerthClientOptions {
  /** Where the plugin's API is, such as `https://portal.example.com/api/berth`. */
  getBaseUrl: () => Promise<string>;
  /** Adds the caller's credentials. */
  fetch: typeof fetch;
}

/** What a call sends in addition to its path. */
export interface Payload {
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls Berth's API. An answer that is not a success becomes a `ResponseError` with the backend's error body. */
export class BerthHttp {
  readonly #options: BerthClientOptions;

  constructor(options: BerthClientOptions) {
    this.#options = options;
  }

  async json<T>(method: string, path: string, payload?: Payload): Promise<T> {
    return (await this.request(method, path, payload)).json();
  }

  async request(
    method: string,
    path: string,
    { body, headers }: Payload = {},
  ): Promise<Response> {
    const url = `${await this.#options.getBaseUrl()}${path}`;
    const response = await this.#options.fetch(url, {
      method,
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
}

/** A path of segments, each escaped. */
export function pathOf(...segments: string[]): string {
  return segments.map(segment => `/${encodeURIComponent(segment)}`).join('');
}

/** A query string with its question mark, or nothing. A list becomes one parameter for each value. */
export function queryOf(query: object): string {
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value ?? []].flat().map(item => [name, String(item)]),
    ),
  );
  return parameters.size > 0 ? `?${parameters}` : '';
}
