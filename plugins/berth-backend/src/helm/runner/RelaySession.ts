import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { NotAllowedError } from '@backstage/errors';
import { KubeAnswer, KubeGateway, KubeTarget } from '../../kube';
import { boundedBody } from '../../proxy/boundedBody';
import { endWithToken } from '../../proxy/endWithToken';
import { passOn } from '../../proxy/passOn';
import { writeKubePath } from '../../proxy/parseKubePath';
import { ProxyError } from '../../proxy/ProxyError';
import { requestHeaders } from '../../proxy/requestHeaders';
import { readProxyRequest } from '../../proxy/requestRules';
import { PassedAnswer, passedAnswer } from '../../proxy/responseHeaders';
import { ProxyRequest } from '../../proxy/types';
import { gatewayError, statusOf } from '../../proxy/writeError';
import { describeRequest, judgeRelayed, RelayScope } from './relayRules';
import { ReleaseGuard } from './ReleaseGuard';
import { DiscoveryDocument, RunDiscovery } from './RunDiscovery';
import { RunRecord } from './RunRecord';
import { ShownGuard } from './ShownGuard';
import { storedSecretIn } from './storedSecretIn';
import { TokenKeeper } from './TokenKeeper';
import { HelmToken } from './types';
import { NO_ANSWER } from './writeWords';

const EXCHANGE_MS = 120_000;
const STALL_MS = 60_000;
const GRACE_MS = 2_000;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_REFUSAL_BYTES = 64 * 1024;
const NOT_FOUND = 404;

export interface RelaySessionOptions {
  cluster: KubeTarget & { name: string };
  /** Resources that the configuration takes away from all requests of people. */
  deny: readonly string[];
  discovery: RunDiscovery;
  gateway: KubeGateway;
  /** Checks the revisions that helm reads. */
  guard?: ReleaseGuard;
  record: RunRecord;
  scope: RelayScope;
  /** Holds an operation to its preview. */
  shown?: ShownGuard;
  /** The caller who opens the session closes them. */
  tokens: Pick<TokenKeeper, 'token'>;
}

/** A request of helm that is passed on, and its body. */
interface Relayed {
  asked: ProxyRequest;
  body?: Readable;
  effect: ReturnType<typeof judgeRelayed>;
  /** The name of an object that the request creates. */
  bodyName?: string;
}

/** Passes the requests of one run on to one cluster, each with the token of the person. */
export class RelaySession {
  readonly #options: RelaySessionOptions;
  readonly #open = new Set<AbortController>();
  #closed = false;

  constructor(options: RelaySessionOptions) {
    this.#options = options;
  }

  get record(): RunRecord {
    return this.#options.record;
  }

  /** Ends all exchanges. */
  close(): void {
    this.#closed = true;
    this.#open.forEach(end => end.abort(new Error('The run is over')));
  }

  /** @param url - the path below the session and the query, as they arrived */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    url: string,
  ): Promise<void> {
    const end = new AbortController();
    this.#open.add(end);
    const onClose = () => end.abort(new Error('helm ended the request'));
    response.once('close', onClose);
    const deadline = setTimeout(
      () =>
        end.abort(new ProxyError(504, 'The cluster did not answer in time')),
      EXCHANGE_MS,
    );
    try {
      if (this.#closed) {
        throw new NotAllowedError('The run is over');
      }
      const relayed = await this.#read(request, url, end);
      await this.#exchange(relayed, response, { end, deadline });
    } catch (error) {
      writeStatus(end.signal.aborted ? end.signal.reason : error, response);
    } finally {
      clearTimeout(deadline);
      response.off('close', onClose);
      this.#open.delete(end);
      end.abort();
    }
  }

  async #read(
    request: IncomingMessage,
    url: string,
    end: AbortController,
  ): Promise<Relayed> {
    const { deny, guard, record, scope, shown } = this.#options;
    try {
      const asked = readProxyRequest(
        {
          method: request.method ?? '',
          url,
          accept: request.headers.accept,
          contentType: request.headers['content-type'],
        },
        deny,
      );
      if (asked.method === 'GET') {
        return { asked, effect: judgeRelayed(asked, scope) };
      }
      guard?.assertMayWrite(asked);
      const exists = (name: string) => this.#exists(asked, name, end.signal);
      const body = boundedBody(request, error => end.abort(error));
      if (asked.method !== 'POST' || asked.permission === 'read') {
        const effect = judgeRelayed(asked, scope);
        if (effect === 'write') {
          await shown?.assertMayWrite(asked, undefined, exists);
        }
        return { asked, body, effect };
      }
      const bytes = body && Buffer.concat(await body.toArray());
      const bodyName = nameIn(bytes, asked);
      const effect = judgeRelayed(asked, scope, bodyName);
      if (effect === 'write') {
        await shown?.assertMayWrite(asked, { name: bodyName, bytes }, exists);
      }
      return {
        asked,
        body: bytes && Readable.from([bytes]),
        bodyName,
        effect,
      };
    } catch (error) {
      record.block(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Returns whether the cluster has an object that a request would write, or may have it. */
  async #exists(
    { path }: ProxyRequest,
    name: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (path.kind !== 'resource') {
      return true;
    }
    const { cluster, gateway } = this.#options;
    const { token } = await this.#token();
    try {
      const { body, status } = await gateway.open(cluster, token, {
        method: 'GET',
        path: writeKubePath({ ...path, name, subresource: undefined }),
        query: {},
        headers: requestHeaders({ accept: 'application/json' }, randomUUID()),
        ...{ signal, purpose: 'proxy' },
      });
      body.destroy();
      return status !== NOT_FOUND;
    } catch (error) {
      throw gatewayError(error);
    }
  }

  async #exchange(
    relayed: Relayed,
    response: ServerResponse,
    { end, deadline }: { end: AbortController; deadline: NodeJS.Timeout },
  ): Promise<void> {
    const { asked } = relayed;
    const { discovery } = this.#options;
    const token = await this.#token();
    const kept = discovery.find(asked);
    if (kept) {
      writeKept(kept, response);
      return;
    }
    const lifetime = token.expiresAt.getTime() - Date.now();
    const answer = await this.#send(relayed, { token, lifetime, end });
    if (relayed.effect === 'read' && answer.status === 200) {
      const { record, scope } = this.#options;
      record.readSecrets(asked, scope.namespace);
      this.#assertMayRead(asked, answer);
    }
    const passed = this.#passed(asked, answer);
    const body = await this.#guarded(asked, answer, end.signal);
    const content =
      answer.status === 401 || answer.status === 403
        ? await this.#noteRefusal(relayed, answer.status, body)
        : this.#known(asked, passed, body);
    response.writeHead(passed.status, passed.headers);
    let streamEnd: NodeJS.Timeout | undefined;
    if (asked.stream) {
      response.flushHeaders();
      clearTimeout(deadline);
      streamEnd = setTimeout(() => end.abort(), lifetime + GRACE_MS);
    }
    try {
      await passOn(content, response, {
        maxBytes: asked.stream ? Infinity : MAX_ANSWER_BYTES,
        signal: end.signal,
        stallTimeout: STALL_MS,
      });
    } finally {
      clearTimeout(streamEnd);
    }
  }

  /** Sends a request to the cluster. A write is recorded even if it gets no answer, because it may have succeeded. */
  async #send(
    { asked, body, bodyName, effect }: Relayed,
    use: { token: HelmToken; lifetime: number; end: AbortController },
  ): Promise<KubeAnswer> {
    const { cluster, discovery, gateway, record } = this.#options;
    const auditId = randomUUID();
    let status = NO_ANSWER;
    try {
      const answer = await gateway.open(cluster, use.token.token, {
        method: asked.method,
        path: writeKubePath(asked.path),
        query: endWithToken(asked, use.lifetime),
        headers: {
          ...requestHeaders(asked, auditId),
          // The owner of the fields where helm names none.
          'user-agent': 'helm',
        },
        ...(body && { body }),
        signal: use.end.signal,
        purpose: asked.stream ? 'proxyStreams' : 'proxy',
      });
      ({ status } = answer);
      discovery.noteAnswer(asked, answer);
      return answer;
    } catch (error) {
      throw gatewayError(error);
    } finally {
      if (effect === 'write') {
        discovery.noteWrite(asked);
        record.wrote(asked, { ...named(bodyName), status, auditId });
      }
    }
  }

  /** The reason of a rejection is not for helm: a 404 would mean that an object is missing. */
  async #token(): Promise<HelmToken> {
    try {
      return await this.#options.tokens.token();
    } catch {
      throw new ProxyError(
        403,
        'The portal has no token for this cluster any more',
      );
    }
  }

  /** @throws NotAllowedError for Secrets that the chart did not read for the preview. helm does not get them. */
  #assertMayRead(asked: ProxyRequest, { body, status }: KubeAnswer): void {
    const { record, shown } = this.#options;
    try {
      const secrets = shown?.assertMayRead(asked, status);
      if (secrets !== undefined) {
        record.line('info', 'portal', `The chart read Secrets: ${secrets}`);
      }
    } catch (error) {
      body.destroy();
      record.block(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  #passed(asked: ProxyRequest, answer: KubeAnswer) {
    const { cluster, record } = this.#options;
    try {
      return passedAnswer(answer, asked, cluster.name);
    } catch (error) {
      record.block(
        `${describeRequest(asked)}: ${
          error instanceof Error ? error.message : error
        }`,
      );
      throw error;
    }
  }

  /** Returns the body of an answer. helm gets no revision of its release that the portal does not know. */
  async #guarded(
    asked: ProxyRequest,
    { body, status }: KubeAnswer,
    signal: AbortSignal,
  ): Promise<Readable> {
    const { guard, record } = this.#options;
    if (!guard?.concerns(asked)) {
      return body;
    }
    try {
      const bytes = await readWhole(body, MAX_ANSWER_BYTES);
      await guard.look(asked, { status, bytes, signal });
      return Readable.from([bytes]);
    } catch (error) {
      if (!signal.aborted) {
        record.block(
          `${describeRequest(asked)}: ${
            error instanceof Error ? error.message : error
          }`,
        );
      }
      throw error;
    }
  }

  /** Keeps a document about the API for later runs, while helm reads it. */
  #known(
    asked: ProxyRequest,
    { status, headers }: PassedAnswer,
    body: Readable,
  ): AsyncIterable<Buffer> {
    const type = headers['content-type'];
    return status === 200 && typeof type === 'string'
      ? this.#options.discovery.keep(asked, type, body)
      : body;
  }

  /** @returns the answer, which has been read */
  async #noteRefusal(
    { asked, bodyName }: Relayed,
    status: 401 | 403,
    body: Readable,
  ): Promise<Readable> {
    const bytes = await readWhole(body, MAX_REFUSAL_BYTES);
    const { message } = parsed(bytes);
    this.record.refuse(asked, {
      ...named(bodyName),
      status,
      message: typeof message === 'string' ? message : '',
    });
    return Readable.from([bytes]);
  }
}

/**
 * Returns the name of an object that a request creates. Without one, only the namespace can allow the request. helm
 * writes its own Secrets in Kubernetes' own format.
 */
function nameIn(
  bytes: Buffer | undefined,
  { path }: ProxyRequest,
): string | undefined {
  const isSecret =
    path.kind === 'resource' &&
    path.group === '' &&
    path.resource === 'secrets';
  const { metadata } =
    (isSecret && bytes ? storedSecretIn(bytes) : undefined) ?? parsed(bytes);
  const name =
    typeof metadata === 'object' && metadata !== null && 'name' in metadata
      ? metadata.name
      : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** @throws ProxyError for a larger body */
async function readWhole(body: Readable, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxBytes) {
      throw new ProxyError(
        502,
        `The answer of the cluster has more than ${maxBytes} bytes`,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function named(name: string | undefined): { name?: string } {
  return name === undefined ? {} : { name };
}

function parsed(bytes: Buffer | undefined): Record<string, unknown> {
  try {
    const value = JSON.parse(String(bytes));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function writeKept(
  { contentType, body }: DiscoveryDocument,
  response: ServerResponse,
): void {
  response.writeHead(200, {
    'content-type': contentType,
    // helm would write the document to its folder.
    'cache-control': 'no-store',
    'content-length': body.length,
  });
  response.end(body);
}

function writeStatus(error: unknown, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const status = statusOf(error) ?? statusOf(new ProxyError(502, ''))!;
  response.writeHead(status.code, {
    'content-type': 'application/json',
    connection: 'close',
  });
  response.end(JSON.stringify(status));
}
