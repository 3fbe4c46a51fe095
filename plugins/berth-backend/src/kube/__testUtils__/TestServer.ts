import { createServer, Server, ServerOptions } from 'node:https';
import { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { ServerCertificate } from './certificates';

/** An https server on loopback that answers as a test defines, and records the requests. */
export class TestServer {
  readonly requests: { method: string; url: string; authorization?: string }[] =
    [];
  readonly bodies: string[] = [];
  answer: RequestListener = (_request, response) => sendJson(response, {});
  readonly #server: Server;

  static async start(
    certificate: ServerCertificate,
    options: ServerOptions = {},
  ): Promise<TestServer> {
    const server = new TestServer(certificate, options);
    await new Promise<void>(resolve => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  private constructor(certificate: ServerCertificate, options: ServerOptions) {
    this.#server = createServer({ ...certificate, ...options }, (...exchange) =>
      this.#serve(...exchange),
    );
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    this.requests.push({
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
    });
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    this.bodies.push(body);
    this.answer(request, response);
  }
}

/** Answers like a Kubernetes API server. */
export function sendJson(
  response: ServerResponse,
  content: unknown,
  status = 200,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(typeof content === 'string' ? content : JSON.stringify(content));
}

/** Returns the body of a Kubernetes error. */
export function failedStatus(code: number, reason: string, message: string) {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message,
    reason,
    code,
  };
}
