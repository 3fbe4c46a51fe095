import { Readable } from 'node:stream';
import { Dispatcher } from 'undici';
import { BoundedSignal, boundedSignal } from './boundedSignal';
import { classifyFailure } from './classifyFailure';
import { classifyResponse } from './classifyResponse';
import { KubeError } from './KubeError';
import { KubeLimits } from './limits';
import { assertPlainJson, readJson, RESPONSE_TOO_LARGE } from './readJson';
import { readWarnings } from './readWarnings';
import { redact } from './redact';
import { Purpose } from './TargetAgents';
import { TargetGuard } from './TargetGuard';
import { KubeTarget } from './types';

const MAX_ERROR_BODY_BYTES = 64 * 1024;
/** Slower than the portal's own calls, because lists of people are not divided into pages. */
const OPEN_HEADERS_TIMEOUT = 30_000;

/**
 * One request to an API server.
 *
 * @public
 */
export interface KubeRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The escaped path below the API server's address, with a leading slash. */
  path: string;
  query?: Record<string, string | undefined>;
  /** The `accept` header; `application/json` by default. The answer must be JSON in any case. */
  accept?: string;
  /**
   * The connections to use; `calls` by default. A request of a person (`proxy`) neither counts for the guard of the
   * server nor is stopped by it: what one person reads must not keep the portal from calling the server.
   */
  purpose?: 'calls' | 'proxy';
  body?: { contentType: string; content: unknown };
  signal?: AbortSignal;
  /** Replaces `maxBodyBytes`, for a caller that requests less after a larger answer. */
  maxBytes?: number;
  /** The maximum number of items of a list; unlimited by default. */
  maxItems?: number;
  /** Called with the size of each part of an answer as the part arrives. It stops the reading by throwing. */
  meter?: (bytes: number) => void;
  /** Called with each warning of a 2xx answer, such as that of a deprecated version. */
  onWarning?: (text: string) => void;
}

/**
 * A request whose answer the portal passes on unread.
 *
 * @public
 */
export interface KubeOpenRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The escaped path below the API server's address, with a leading slash. */
  path: string;
  query?: Record<string, string>;
  /** All headers, except those that the transport sets: `accept-encoding`, `authorization` and `host`. */
  headers: Record<string, string>;
  body?: Readable;
  /** Ends the exchange, also while the body of the answer is read. */
  signal: AbortSignal;
  purpose: 'proxy' | 'proxyStreams';
}

/**
 * The answer to a {@link KubeOpenRequest}.
 *
 * @public
 */
export interface KubeAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Must be read or destroyed. */
  body: Readable;
}

/**
 * Sends one request to one API server with a bearer token and reads one JSON answer, within the limits. It does not
 * follow redirects, so the token goes to this server only. A server that exceeds the limits is not called again for a
 * while.
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
    /** Returns the guard of this server, which all its transports share. */
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
    const { purpose = 'calls' } = request;
    if (purpose === 'calls') {
      this.#guard().assertReady();
    }
    const bound = boundedSignal(this.#limits.requestTimeout, request.signal);
    try {
      const token = await abortable(this.#getToken(), bound.signal);
      return await this.#classified(token, async () => {
        const response = await this.#send(request, token, bound.signal, {
          purpose,
        });
        try {
          return await this.#read(response, request);
        } finally {
          // Ends the connection instead of reading the rest of the answer.
          response.body.destroy();
        }
      });
    } catch (error) {
      const reason = this.#reasonOf(error, request, bound);
      throw purpose === 'proxy' || isBeyondOwnBound(reason, request)
        ? reason
        : this.recordError(reason);
    } finally {
      bound.end();
    }
  }

  /**
   * Records an error that the reader of answers found. If the error shows a hostile server, the portal does not call
   * this server for a while.
   *
   * @returns the error
   */
  recordError<E>(error: E): E {
    return this.#guard().recordError(error);
  }

  /**
   * Sends a request that has an endless answer.
   *
   * @param lifetime - milliseconds for which the answer may continue
   * @returns the bytes of the answer, after a 2xx status and JSON headers; reading them throws as `request` does
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
            throw await this.#failureOf(response, request);
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

  /**
   * Sends a request for a caller that passes the answer on. The answer is neither classified nor bounded nor counted:
   * the caller bounds it, and an answer for one person must not keep the portal from calling the server.
   *
   * @returns the answer of any status, once its headers are there
   * @throws KubeError, or the reason of `request.signal` once that is aborted
   */
  async open(request: KubeOpenRequest): Promise<KubeAnswer> {
    const token = await this.#getToken();
    try {
      const response = await this.#dispatcher(request.purpose).request({
        origin: this.#origin,
        path: `${this.#basePath}${request.path}${queryString(request.query)}`,
        method: request.method,
        headers: {
          ...request.headers,
          'accept-encoding': 'identity',
          authorization: `Bearer ${token}`,
        },
        body: request.body,
        headersTimeout: OPEN_HEADERS_TIMEOUT,
        // The signal ends the exchange.
        bodyTimeout: 0,
        signal: request.signal,
      });
      // Destroying an unread body emits an error.
      response.body.on('error', () => {});
      const { statusCode: status, headers, body } = response;
      return { status, headers, body };
    } catch (error) {
      throw request.signal.aborted
        ? request.signal.reason
        : this.#classify(error, token);
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

  /** Returns the error to throw for an error that an abort may have caused. */
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
        accept: request.accept ?? 'application/json',
        'accept-encoding': 'identity',
        authorization: `Bearer ${token}`,
        'user-agent': this.#userAgent,
        ...(request.body && { 'content-type': request.body.contentType }),
      },
      body: request.body && JSON.stringify(request.body.content),
      bodyTimeout: options.bodyTimeout,
      signal,
    });
    // Destroying an unread body emits an error.
    response.body.on('error', () => {});
    return response;
  }

  async #read(
    response: Dispatcher.ResponseData,
    request: KubeRequest,
  ): Promise<unknown> {
    const { maxBytes = this.#limits.maxBodyBytes, maxItems, meter } = request;
    const { statusCode, headers, body } = response;
    if (isSuccess(statusCode)) {
      if (request.onWarning) {
        readWarnings(headers.warning).forEach(request.onWarning);
      }
      return readJson(
        body,
        headers,
        {
          maxBytes,
          maxItems,
          meter: bytes => {
            this.#count(bytes, request);
            meter?.(bytes);
          },
        },
        this.server,
      );
    }
    throw await this.#failureOf(response, request);
  }

  #count(bytes: number, { purpose }: KubeRequest): void {
    if (purpose !== 'proxy') {
      this.#guard().count(bytes);
    }
  }

  async #failureOf(
    response: Dispatcher.ResponseData,
    request: KubeRequest,
  ): Promise<KubeError> {
    const { statusCode: status, headers, body } = response;
    return classifyResponse(
      {
        status,
        retryAfter: headers['retry-after']?.toString(),
        // If the body of an error cannot be read, the status is enough.
        body: await readJson(
          body,
          headers,
          {
            maxBytes: MAX_ERROR_BODY_BYTES,
            meter: bytes => this.#count(bytes, request),
          },
          this.server,
        ).catch(() => undefined),
      },
      this.server,
    );
  }
}

/** Returns whether an answer exceeds only the limit of its own request, which is not the server's fault. */
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
