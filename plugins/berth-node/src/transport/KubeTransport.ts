import { Dispatcher } from 'undici';
import { BoundedSignal, boundedSignal } from './boundedSignal';
import { classifyFailure } from './classifyFailure';
import { classifyResponse } from './classifyResponse';
import { KubeError } from './KubeError';
import { KubeLimits } from './limits';
import { assertPlainJson, readJson, RESPONSE_TOO_LARGE } from './readJson';
import { redact } from './redact';
import { Purpose } from './TargetAgents';
import { TargetGuard } from './TargetGuard';
import { KubeTarget } from './types';

const MAX_ERROR_BODY_BYTES = 64 * 1024;

/**
 * One request to an API server.
 *
 * @public
 */
export interface KubeRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Escaped, below the API server's address, beginning with a slash. */
  path: string;
  query?: Record<string, string | undefined>;
  body?: { contentType: string; content: unknown };
  signal?: AbortSignal;
  /** Instead of `maxBodyBytes`, where the caller asks for less after an answer that is larger. */
  maxBytes?: number;
  /** Of a list; without a bound by default. */
  maxItems?: number;
  /** Called with the size of each part of an answer that arrives; ends the reading by throwing. */
  meter?: (bytes: number) => void;
}

/**
 * Sends one request to one API server with a bearer token and reads one JSON answer, within the
 * limits. Redirects are answers like any other, so the token goes to this server only. A server that answers
 * beyond the limits is not called again for a while.
 *
 * @public
 */
export class KubeTransport {
  /** Host and port, for messages. */
  readonly server: string;
  readonly #origin: string;
  readonly #basePath: string;
  readonly #dispatcher: (purpose: Purpose) => Dispatcher;
  readonly #guard: () => TargetGuard;
  readonly #getToken: () => Promise<string>;
  readonly #userAgent: string;
  readonly #limits: KubeLimits;

  constructor(options: {
    target: KubeTarget;
    dispatcher: (purpose: Purpose) => Dispatcher;
    /** Of this server, shared by all its transports. */
    guard: () => TargetGuard;
    getToken: () => Promise<string>;
    userAgent: string;
    limits: KubeLimits;
  }) {
    const url = new URL(options.target.apiServer);
    this.server = url.host;
    this.#origin = url.origin;
    this.#basePath = url.pathname.replace(/\/+$/, '');
    this.#dispatcher = options.dispatcher;
    this.#guard = options.guard;
    this.#getToken = options.getToken;
    this.#userAgent = options.userAgent;
    this.#limits = options.limits;
  }

  /**
   * @returns the decoded JSON of a 2xx answer
   * @throws KubeError, or the reason of `request.signal` once that is aborted
   */
  async request(request: KubeRequest): Promise<unknown> {
    this.#guard().assertReady();
    const bound = boundedSignal(this.#limits.requestTimeout, request.signal);
    try {
      const token = await abortable(this.#getToken(), bound.signal);
      return await this.#classified(token, async () => {
        const response = await this.#send(request, token, bound.signal, {
          purpose: 'calls',
        });
        try {
          return await this.#read(response, request);
        } finally {
          // What was not read is not wanted: the connection ends rather than being drained.
          response.body.destroy();
        }
      });
    } catch (error) {
      const reason = this.#reasonOf(error, request, bound);
      throw isBeyondOwnBound(reason, request)
        ? reason
        : this.recordError(reason);
    } finally {
      bound.end();
    }
  }

  /**
   * Takes note of an error that the reader of answers found. Where it shows a hostile server, this one is not
   * called for a while.
   *
   * @returns the error
   */
  recordError<E>(error: E): E {
    return this.#guard().recordError(error);
  }

  /**
   * For an answer that has no end of its own.
   *
   * @param lifetime - how long the answer may go on, in milliseconds
   * @returns once there is a 2xx answer of JSON, its bytes; they throw as `request` does
   */
  async stream(
    request: KubeRequest,
    lifetime: number,
  ): Promise<AsyncGenerator<Uint8Array>> {
    this.#guard().assertReady();
    const bound = boundedSignal(this.#limits.requestTimeout, request.signal);
    try {
      const token = await abortable(this.#getToken(), bound.signal);
      const body = await this.#classified(token, async () => {
        const response = await this.#send(request, token, bound.signal, {
          purpose: 'watches',
          bodyTimeout: 0,
        });
        try {
          if (!isSuccess(response.statusCode)) {
            throw await this.#failureOf(response);
          }
          assertPlainJson(response.headers, this.server);
          return response.body;
        } catch (error) {
          response.body.destroy();
          throw error;
        }
      });
      bound.extend(lifetime);
      return this.#chunks(request, token, body, bound);
    } catch (error) {
      bound.end();
      throw this.#reasonOf(error, request, bound);
    }
  }

  async *#chunks(
    request: KubeRequest,
    token: string,
    body: Dispatcher.ResponseData['body'],
    bound: BoundedSignal,
  ): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body) {
        this.#guard().consume(chunk.byteLength);
        yield chunk;
      }
    } catch (error) {
      const failure = this.#classify(error, token);
      throw this.#reasonOf(failure, request, bound);
    } finally {
      bound.end();
      body.destroy();
    }
  }

  async #classified<T>(token: string, exchange: () => Promise<T>): Promise<T> {
    try {
      return await exchange();
    } catch (error) {
      throw this.#classify(error, token);
    }
  }

  #classify(error: unknown, token: string): KubeError {
    const failed = classifyFailure(error, this.server);
    return new KubeError(
      failed.failure,
      redact(failed.message, [token]),
      failed,
    );
  }

  /** What to throw for an error that an abort may be the cause of. */
  #reasonOf(
    error: unknown,
    request: KubeRequest,
    bound: BoundedSignal,
  ): unknown {
    if (request.signal?.aborted) {
      return request.signal.reason;
    }
    return bound.expired
      ? new KubeError(
          'Timeout',
          `${this.server} did not finish its answer within ${
            bound.milliseconds / 1000
          } s`,
        )
      : error;
  }

  async #send(
    request: KubeRequest,
    token: string,
    signal: AbortSignal,
    options: { purpose: Purpose; bodyTimeout?: number },
  ): Promise<Dispatcher.ResponseData> {
    const response = await this.#dispatcher(options.purpose).request({
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
      bodyTimeout: options.bodyTimeout,
      signal,
    });
    // The end that is put to an unread body is reported as its error.
    response.body.on('error', () => {});
    return response;
  }

  async #read(
    response: Dispatcher.ResponseData,
    { maxBytes = this.#limits.maxBodyBytes, maxItems, meter }: KubeRequest,
  ): Promise<unknown> {
    const { statusCode, headers, body } = response;
    if (isSuccess(statusCode)) {
      return readJson(
        body,
        headers,
        {
          maxBytes,
          maxItems,
          meter: bytes => {
            this.#guard().count(bytes);
            meter?.(bytes);
          },
        },
        this.server,
      );
    }
    throw await this.#failureOf(response);
  }

  async #failureOf(response: Dispatcher.ResponseData): Promise<KubeError> {
    const { statusCode: status, headers, body } = response;
    return classifyResponse(
      {
        status,
        retryAfter: headers['retry-after']?.toString(),
        // An error's body is a courtesy: where it cannot be read, the status says enough.
        body: await readJson(
          body,
          headers,
          {
            maxBytes: MAX_ERROR_BODY_BYTES,
            meter: bytes => this.#guard().count(bytes),
          },
          this.server,
        ).catch(() => undefined),
      },
      this.server,
    );
  }
}

/** A larger answer than this request was to have is no fault of the server. */
function isBeyondOwnBound(error: unknown, { maxBytes }: KubeRequest): boolean {
  return (
    maxBytes !== undefined &&
    error instanceof KubeError &&
    error.reason === RESPONSE_TOO_LARGE
  );
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
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
