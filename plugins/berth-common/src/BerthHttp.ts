import { ResponseError } from '@backstage/errors';
import type { BerthClientOptions } from './BerthClient';

/** Calls Berth's API. What is not a success is thrown as a `ResponseError` with the backend's error body. */
export class BerthHttp {
  readonly #options: BerthClientOptions;

  constructor(options: BerthClientOptions) {
    this.#options = options;
  }

  async json<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    const response = await this.request(method, path, body, headers);
    return (await response.json()) as T;
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const url = `${await this.#options.getBaseUrl()}${path}`;
    const response = await this.#options.fetch(url, {
      method,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
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

/** A query string with its question mark, or nothing; lists are repeated parameters. */
export function queryOf(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    values
      .filter(item => item !== undefined)
      .forEach(item => parameters.append(name, String(item)));
  }
  const text = parameters.toString();
  return text && `?${text}`;
}
