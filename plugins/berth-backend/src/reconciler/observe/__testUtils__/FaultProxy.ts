import { Agent, createServer, request as send, Server } from 'node:https';
import { IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { TestAuthority } from '../../../kube/__testUtils__/certificates';

export type Fault = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean;

/**
 * A proxy between Berth and an API server that disturbs the traffic as a test says. It terminates TLS with a
 * certificate of its own, so it sees every byte.
 */
export class FaultProxy {
  readonly caPem: string;
  /** Answers instead of the API server if it returns true. */
  fault?: Fault;
  /** Resets the connection of a watch after so many bytes of its body. */
  cutWatchesAfter?: number;
  /** The delay before each request is passed on, in milliseconds. */
  delayMs = 0;
  /** Changes writes, like a mutating webhook. */
  mutate?: (body: string) => string;
  /** The requests so far, in order. */
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #agent: Agent;
  readonly #upstream: string;

  static async start(upstream: {
    apiServer: string;
    caPem: string;
  }): Promise<FaultProxy> {
    const authority = await TestAuthority.create('fault-proxy');
    const proxy = new FaultProxy(
      upstream,
      authority.pem,
      await authority.issue(),
    );
    await new Promise<void>(resolve => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  private constructor(
    upstream: { apiServer: string; caPem: string },
    caPem: string,
    certificate: { cert: string; key: string },
  ) {
    this.caPem = caPem;
    this.#upstream = upstream.apiServer;
    this.#agent = new Agent({ ca: upstream.caPem, keepAlive: true });
    this.#server = createServer(certificate, (request, response) => {
      this.#pass(request, response).catch(() => response.destroy());
    });
  }

  get apiServer(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `https://127.0.0.1:${port}`;
  }

  /** Closes all connections, like a load balancer that restarts. */
  disconnect(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #pass(request: IncomingMessage, response: ServerResponse) {
    this.requests.push(`${request.method} ${request.url}`);
    const body = await text(request);
    if (this.fault?.(request, response)) {
      return;
    }
    await new Promise(resolve => {
      setTimeout(resolve, this.delayMs);
    });
    const passed = body && this.mutate ? this.mutate(body) : body;
    const { host: _host, ...headers } = request.headers;
    const upstream = send(
      `${this.#upstream}${request.url}`,
      {
        method: request.method,
        agent: this.#agent,
        headers: { ...headers, 'content-length': Buffer.byteLength(passed) },
      },
      answer => this.#answer(request, answer, response),
    );
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    upstream.end(passed);
  }

  #answer(
    request: IncomingMessage,
    answer: IncomingMessage,
    response: ServerResponse,
  ) {
    const isWatch = request.url?.includes('watch=true');
    let left = (isWatch ? this.cutWatchesAfter : undefined) ?? Infinity;
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    answer.on('error', () => response.destroy());
    answer.on('data', (chunk: Buffer) => {
      const part = chunk.subarray(0, Math.min(left, chunk.length));
      left -= chunk.length;
      response.write(part, () => left < 0 && response.destroy());
    });
    answer.on('end', () => response.end());
  }
}
