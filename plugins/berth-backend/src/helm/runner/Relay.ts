import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { RelaySession } from './RelaySession';

const LOOPBACK = '127.0.0.1';
const PATH = /^\/([0-9a-f]{64})(\/.*)$/s;
const SECRET_BYTES = 32;

/** Where one run reaches its cluster. */
export interface RelayAddress {
  /** The address of the API server for helm. */
  url: string;
  /** The proxy for everything else, which it refuses. */
  proxyUrl: string;
  /** Ends the address and all its requests. */
  close(): void;
}

/**
 * The only server that helm reaches. It listens on the loopback address, and each run has a path of its own that
 * nobody can guess and that ends with the run. Requests for other hosts are refused and recorded.
 */
export class Relay {
  readonly #sessions = new Map<string, RelaySession>();
  readonly #proxied = new Map<string, RelaySession>();
  readonly #server: Server;
  #listening?: Promise<unknown>;

  constructor() {
    this.#server = createServer((request, response) =>
      this.#answer(request, response),
    );
    this.#server.on('connect', (request: IncomingMessage, socket) => {
      this.#noteFetch(request);
      socket.on('error', () => {});
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    });
    this.#server.on('clientError', (_, socket) => socket.destroy());
  }

  async open(session: RelaySession): Promise<RelayAddress> {
    this.#listening ??= once(this.#server.listen(0, LOOPBACK), 'listening');
    try {
      await this.#listening;
    } catch (error) {
      // The next run tries again.
      this.#listening = undefined;
      throw error;
    }
    const path = newSecret();
    const secret = newSecret();
    this.#sessions.set(path, session);
    this.#proxied.set(`Basic ${base64(`helm:${secret}`)}`, session);
    return {
      url: `http://${this.#host}/${path}`,
      proxyUrl: `http://helm:${secret}@${this.#host}`,
      close: () => {
        this.#sessions.delete(path);
        this.#proxied.delete(`Basic ${base64(`helm:${secret}`)}`);
        session.close();
      },
    };
  }

  /** Call it when all runs have ended. */
  async close(): Promise<void> {
    if (this.#listening) {
      await this.#listening;
      this.#server.close();
      this.#server.closeAllConnections();
    }
  }

  get #host(): string {
    return `${LOOPBACK}:${(this.#server.address() as AddressInfo).port}`;
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    const { headers, url = '' } = request;
    if (!url.startsWith('/')) {
      this.#noteFetch(request);
      response.writeHead(403, { connection: 'close' }).end();
      return;
    }
    const [, path, rest] = PATH.exec(url) ?? [];
    const session = this.#sessions.get(path);
    if (!session || headers.host !== this.#host) {
      response.writeHead(404, { connection: 'close' }).end();
      return;
    }
    session.handle(request, response, rest).catch(() => response.destroy());
  }

  #noteFetch({ headers, url = '' }: IncomingMessage) {
    this.#proxied.get(headers['proxy-authorization'] ?? '')?.record.fetch(url);
  }
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('hex');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
