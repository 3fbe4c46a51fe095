import { AddressPolicy, createConnector } from '@berth/plugin-berth-node';
import { LookupFunction } from 'node:net';
import { Agent, Dispatcher, request } from 'undici';
import { ChartError } from './ChartError';
import { isLoopback, originOf } from './repositoryAddress';
import { Conditions, RepositorySettings } from './types';

const MAX_REDIRECTS = 5;
const CONNECT_MS = 10_000;
const MAX_HEADER_BYTES = 32 * 1024;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The words for what sockets report. */
const CAUSES: Record<string, string> = {
  ENOTFOUND: 'its name does not resolve',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'nothing listens on that port',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to its network',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
  UND_ERR_HEADERS_TIMEOUT: 'it accepted the call and sent nothing',
  UND_ERR_BODY_TIMEOUT: 'it stopped in the middle of its answer',
  UND_ERR_SOCKET: 'it closed the connection in the middle of its answer',
  UND_ERR_HEADERS_OVERFLOW: 'its answer has oversized headers',
};

/** What an answer may take. */
export interface FetchBounds {
  maxBytes: number;
  /** For the whole answer, with all redirects. */
  timeoutMs: number;
}

export interface Fetched {
  /** Undefined if the answer is unchanged since the conditions. */
  bytes?: Buffer;
  etag?: string;
  lastModified?: string;
  /** The header `Link`, which has the next page. */
  link?: string;
}

/** A header `Authorization`, and the only origin that it goes to, also after redirects. */
export interface Authorization {
  origin: string;
  value: string;
}

/** One call to an address. */
export interface RepositoryCall {
  bounds: FetchBounds;
  conditions?: Conditions;
  authorization?: Authorization;
  /** The media type of the answer; any by default. */
  accept?: string;
}

/**
 * A host answers with another status than the one for success. What it answers is no property of the error itself,
 * because those are part of the answer of the portal.
 */
export class StatusError extends ChartError {
  readonly #status: number;

  constructor(status: number, message: string) {
    super(message);
    this.#status = status;
  }

  get status(): number {
    return this.#status;
  }
}

/** A host does not accept a call without another credential. */
export class UnauthorizedError extends StatusError {
  readonly #origin: string;
  readonly #challenges: string;

  constructor(origin: string, challenges: string, message: string) {
    super(401, message);
    this.#origin = origin;
    this.#challenges = challenges;
  }

  /** Of the host, which may be another one than that of the call. */
  get origin(): string {
    return this.#origin;
  }

  /** The header `WWW-Authenticate`. */
  get challenges(): string {
    return this.#challenges;
  }
}

export interface RepositoryClientOptions {
  policy: AddressPolicy;
  /** Whether repositories on this machine may have http addresses. For development. */
  httpOnLoopback?: boolean;
  /** Resolves names; the system's resolver by default. */
  lookup?: LookupFunction;
}

/**
 * Reads from chart repositories, which the portal does not trust. The address policy is applied to each connection, also
 * after a redirect, and a credential goes to the origin of its repository only.
 */
export class RepositoryClient {
  readonly #options: RepositoryClientOptions;

  constructor(options: RepositoryClientOptions) {
    this.#options = options;
  }

  /** Whether repositories on this machine may have http addresses. */
  get httpOnLoopback(): boolean {
    return this.#options.httpOnLoopback ?? false;
  }

  /**
   * Reads a file of a repository, with its credential.
   *
   * @param url - may be of another host than the repository, because indexes name any address
   * @throws ChartError with the reason
   */
  async get(
    repository: RepositorySettings,
    url: URL,
    bounds: FetchBounds,
    conditions: Conditions = {},
  ): Promise<Fetched> {
    const value = authorizationOf(repository);
    return this.call(repository, url, {
      bounds,
      conditions,
      ...(value !== undefined && {
        authorization: {
          origin: originOf(repository, this.httpOnLoopback),
          value,
        },
      }),
    });
  }

  /** Makes a call for a repository. @throws ChartError with the reason; UnauthorizedError for a 401 */
  async call(
    repository: RepositorySettings,
    url: URL,
    call: RepositoryCall,
  ): Promise<Fetched> {
    const signal = AbortSignal.timeout(call.bounds.timeoutMs);
    let target = url;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const next = await this.#hop(repository, target, { ...call, signal });
      if (!(next instanceof URL)) {
        return next;
      }
      target = next;
    }
    throw new ChartError(
      `${url.host} redirects more than ${MAX_REDIRECTS} times`,
    );
  }

  /** Makes one call. Returns where a redirect leads. */
  async #hop(
    repository: RepositorySettings,
    url: URL,
    call: RepositoryCall & { signal: AbortSignal },
  ): Promise<Fetched | URL> {
    const { accept, authorization, bounds, conditions = {}, signal } = call;
    this.#assertScheme(url);
    const isOwn = url.origin === originOf(repository, this.httpOnLoopback);
    const agent = this.#agent(repository, isOwn);
    try {
      const answer = await request(url, {
        dispatcher: agent,
        signal,
        headers: {
          'user-agent': 'berth',
          'accept-encoding': 'identity',
          ...(accept !== undefined && { accept }),
          ...(url.origin === authorization?.origin && {
            authorization: authorization.value,
          }),
          ...(conditions.etag !== undefined && {
            'if-none-match': conditions.etag,
          }),
          ...(conditions.lastModified !== undefined && {
            'if-modified-since': conditions.lastModified,
          }),
        },
      });
      if (
        answer.statusCode === 304 &&
        conditions.etag === undefined &&
        conditions.lastModified === undefined
      ) {
        throw new ChartError(
          `${url.host} answers that nothing changed (304), but the portal has nothing of it yet`,
        );
      }
      return await read(answer, url, bounds.maxBytes);
    } catch (error) {
      throw error instanceof ChartError
        ? error
        : failureOf(error, url, { bounds, signal });
    } finally {
      await agent.destroy();
    }
  }

  #assertScheme(url: URL) {
    const isAllowed =
      url.protocol === 'https:' ||
      (url.protocol === 'http:' &&
        this.#options.httpOnLoopback &&
        isLoopback(url));
    if (!isAllowed) {
      throw new ChartError(
        `${url.protocol}//${url.host} is not an https:// address, and the portal reads charts over https only`,
      );
    }
  }

  /** Opens connections. Other hosts than the repository's own may have certificates of public CAs, too. */
  #agent({ caPem }: RepositorySettings, isOwn: boolean): Agent {
    const { policy, lookup } = this.#options;
    return new Agent({
      connect: createConnector({
        target:
          isOwn && caPem !== undefined ? { caPem } : { publicCas: true, caPem },
        policy,
        timeout: CONNECT_MS,
        lookup,
      }),
      connections: 1,
      pipelining: 1,
      headersTimeout: 30_000,
      bodyTimeout: 30_000,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
  }
}

async function read(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  url: URL,
  maxBytes: number,
): Promise<Fetched | URL> {
  const header = (name: string) => [headers[name]].flat()[0];
  if (REDIRECTS.has(statusCode)) {
    const location = header('location') ?? '';
    if (!URL.canParse(location, url)) {
      throw new ChartError(`${url.host} redirects to no address`);
    }
    return new URL(location, url);
  }
  if (statusCode === 304) {
    return {};
  }
  if (statusCode === 401) {
    throw new UnauthorizedError(
      url.origin,
      [headers['www-authenticate'] ?? []].flat().join(', '),
      `${url.host} ${statusWords(statusCode)}`,
    );
  }
  if (statusCode !== 200) {
    throw new StatusError(statusCode, `${url.host} ${statusWords(statusCode)}`);
  }
  const encoding = header('content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    throw new ChartError(
      `${url.host} answers in an encoding that nobody asked for`,
    );
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new ChartError(
        `${url.host} sends more than ${maxBytes} bytes, and the portal reads no more of it`,
      );
    }
    chunks.push(chunk);
  }
  return {
    bytes: Buffer.concat(chunks),
    etag: header('etag'),
    lastModified: header('last-modified'),
    link: header('link'),
  };
}

/** Returns the header that has the credential of a repository. */
export function authorizationOf({
  credential,
}: RepositorySettings): string | undefined {
  if (!credential) {
    return undefined;
  }
  if ('token' in credential) {
    return `Bearer ${credential.token}`;
  }
  const { username, password } = credential;
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  return `Basic ${pair}`;
}

function statusWords(status: number): string {
  switch (status) {
    case 401:
      return 'does not accept the credential of the repository, or needs one (401)';
    case 403:
      return 'does not let the portal read this (403)';
    case 404:
      return 'does not have this (404)';
    case 429:
      return 'asks the portal to wait (429)';
    default:
      return `answers with the status ${status}`;
  }
}

function failureOf(
  error: unknown,
  url: URL,
  { bounds, signal }: { bounds: FetchBounds; signal: AbortSignal },
): ChartError {
  if (signal.aborted) {
    return new ChartError(
      `${url.host} did not answer within ${bounds.timeoutMs / 1000} seconds`,
    );
  }
  const { code = '', message = '' } = error as {
    code?: string;
    message?: string;
  };
  if (code === 'ADDRESS_REFUSED') {
    return new ChartError(`No connection to ${url.host}: ${message}`);
  }
  return new ChartError(
    `No answer from ${url.host}: ${CAUSES[code] ?? causeOf(code, message)}`,
  );
}

/** Errors of TLS have a code and a message that hold nothing of the request. */
function causeOf(code: string, message: string): string {
  return /CERT|TLS|SSL|SELF_SIGNED|ISSUER|LEAF_SIGNATURE/.test(code)
    ? `its certificate is not trusted: ${message} (${code})`
    : `the call failed ${code && `(${code})`}`.trimEnd();
}
