import { once } from 'node:events';
import { IncomingMessage, RequestListener } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ServerCertificate } from '../../kube/__testUtils__/certificates';

export interface RecordedRequest {
  method: string;
  url: string;
  /** Lowercase names. */
  headers: [name: string, value: string][];
  body: string;
}

/** An https server that records whole requests, and counts those that it is answering. */
export class RecordingServer {
  readonly requests: RecordedRequest[] = [];
  answer: RequestListener = (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  };
  /** Answers in place of the server, in raw bytes. */
  raw?: (socket: TLSSocket) => void;
  /** The number of requests without a finished answer. */
  open = 0;
  readonly #server: Server;

  static async start(certificate: ServerCertificate) {
    const server = new RecordingServer(certificate);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  private constructor(certificate: ServerCertificate) {
    this.#server = createServer(certificate, async (request, response) => {
      this.open++;
      response.once('close', () => {
        this.open--;
      });
      const body = await textOf(request);
      this.requests.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: pairsOf(request.rawHeaders),
        body,
      });
      if (this.raw) {
        this.raw(request.socket as TLSSocket);
      } else {
        this.answer(request, response);
      }
    });
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of request) {
      text += chunk;
    }
  } catch {
    text += '[aborted]';
  }
  return text;
}

function pairsOf(raw: string[]): [string, string][] {
  return raw
    .filter((_, index) => index % 2 === 0)
    .map((name, index) => [name.toLowerCase(), raw[2 * index + 1]]);
}
