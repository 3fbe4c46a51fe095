import { Dispatcher } from 'undici';
import { classifyFailure } from './classifyFailure';
import { classifyResponse } from './classifyResponse';
import { KubeError } from './KubeError';
import { KubeLimits } from './limits';
import { readJson } from './readJson';
import { redact } from './redact';
import { KubeTarget } from './types';

const MAX_ERROR_BODY_BYTES = 64 * 1024;

export interface KubeRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Escaped, below the API server's address, beginning with a slash. */
  path: string;
  query?: Record<string, string | undefined>;
  body?: { contentType: string; content: unknown };
  signal?: AbortSignal;
}

/**
 * Sends one request to one API server with a bearer token and reads one JSON answer, within the
 * limits. Redirects are answers like any other, so the token goes to this server only.
 */
export class KubeTransport {
  /** Host and port, for messages. */
  readonly server: string;
  readonly #origin: string;
  readonly #basePath: string;
  readonly #dispatcher: () => Dispatcher;
  readonly #getToken: () => Promise<string>;
  readonly #userAgent: string;
  readonly #limits: KubeLimits;

  constructor(options: {
    target: KubeTarget;
    dispatcher: () => Dispatcher;
    getToken: () => Promise<string>;
    userAgent: string;
    limits: KubeLimits;
  }) {
    const url = new URL(options.target.apiServer);
    this.server = url.host;
    this.#origin = url.origin;
    this.#basePath = url.pathname.replace(/\/+$/, '');
    this.#dispatcher = options.dispatcher;
    this.#getToken = options.getToken;
    this.#userAgent = options.userAgent;
    this.#limits = options.limits;
  }

  /**
   * @returns the decoded JSON of a 2xx answer
   * @throws KubeError, or the reason of `request.signal` once that is aborted
   */
  async request(request: KubeRequest): Promise<unknown> {
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(),
      this.#limits.requestTimeout,
    );
    const signal = request.signal
      ? AbortSignal.any([request.signal, deadline.signal])
      : deadline.signal;
    try {
      const token = await abortable(this.#getToken(), signal);
      return await this.#exchange(request, token, signal);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (deadline.signal.aborted) {
        throw new KubeError(
          'Timeout',
          `${this.server} did not finish its answer within ${
            this.#limits.requestTimeout / 1000
          } s`,
        );
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #exchange(
    request: KubeRequest,
    token: string,
    signal: AbortSignal,
  ): Promise<unknown> {
    try {
      const response = await this.#send(request, token, signal);
      // The end that is put to an unread body below is reported as its error.
      response.body.on('error', () => {});
      try {
        return await this.#read(response);
      } finally {
        // What was not read is not wanted: the connection ends rather than being drained.
        response.body.destroy();
      }
    } catch (error) {
      const failed = classifyFailure(error, this.server);
      throw new KubeError(
        failed.failure,
        redact(failed.message, [token]),
        failed,
      );
    }
  }

  #send(request: KubeRequest, token: string, signal: AbortSignal) {
    return this.#dispatcher().request({
      origin: this.#origin,
      path: `${this.#basePath}${request.path}${queryString(request.query)}`,
      method: request.method,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        authorization: `Bearer ${token}`,
        'user-agent': this.#userAgent,
        ...(request.body && { 'content-type': request.body.contentType }),
      },
      body: request.body && JSON.stringify(request.body.content),
      signal,
    });
  }

  async #read(response: Dispatcher.ResponseData): Promise<unknown> {
    const { statusCode: status, headers, body } = response;
    if (status >= 200 && status < 300) {
      return readJson(body, headers, this.#limits.maxBodyBytes, this.server);
    }
    throw classifyResponse(
      {
        status,
        retryAfter: headers['retry-after']?.toString(),
        // An error's body is a courtesy: where it cannot be read, the status says enough.
        body: await readJson(
          body,
          headers,
          MAX_ERROR_BODY_BYTES,
          this.server,
        ).catch(() => undefined),
      },
      this.server,
    );
  }
}

function queryString(query: KubeRequest['query']): string {
  const entries = Object.entries(query ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return entries.length ? `?${new URLSearchParams(entries)}` : '';
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) {
      abort();
    }
    signal.addEventListener('abort', abort, { once: true });
    promise
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
