import { timingSafeEqual } from 'node:crypto';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>kubectl</title>
<p>The terminal has the answer of the portal. You can close this page.</p>
`;

/** What the portal's page hands to this computer, by the browser or by the person. */
export interface Confirmation {
  id: string;
  code: string;
}

/**
 * Waits on the loopback address for the browser to come back from the portal. Takes a GET of `/callback` with the
 * right `Host` and `state`, and nothing else.
 */
export class CallbackServer {
  readonly #server: Server;
  readonly #state: string;
  readonly #confirmed: (confirmation: Confirmation) => void;

  private constructor(
    state: string,
    confirmed: (confirmation: Confirmation) => void,
  ) {
    this.#state = state;
    this.#confirmed = confirmed;
    this.#server = createServer(
      { maxHeaderSize: 8192, requestTimeout: 5_000 },
      (request, response) => this.#answer(request, response),
    );
  }

  /** @throws where there is no port to listen on */
  static async listen(
    state: string,
    confirmed: (confirmation: Confirmation) => void,
  ): Promise<CallbackServer> {
    const callback = new CallbackServer(state, confirmed);
    await new Promise<void>((resolve, reject) => {
      callback.#server.once('error', reject);
      callback.#server.listen(0, '127.0.0.1', resolve);
    });
    return callback;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
    this.#server.closeIdleConnections();
    // The browser may still read the answer.
    setTimeout(() => this.#server.closeAllConnections(), 1_000).unref();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const confirmation = this.#read(request);
    response.writeHead(confirmation ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    });
    response.end(confirmation ? PAGE : undefined);
    if (confirmation) {
      this.#confirmed(confirmation);
    }
  }

  #read({ method, url = '', headers }: IncomingMessage) {
    const host = `127.0.0.1:${this.port}`;
    const address = `http://${host}${url}`;
    if (
      method !== 'GET' ||
      headers.host !== host ||
      !url.startsWith('/') ||
      !URL.canParse(address)
    ) {
      return undefined;
    }
    const { pathname, searchParams } = new URL(address);
    const [id, code, state] = ['id', 'code', 'state'].map(name => {
      const values = searchParams.getAll(name);
      return values.length === 1 ? values[0] : '';
    });
    return pathname === '/callback' && this.#isState(state)
      ? readConfirmation(`${id}.${code}`)
      : undefined;
  }

  #isState(state: string): boolean {
    const [given, expected] = [state, this.#state].map(text =>
      Buffer.from(text),
    );
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

/** Reads `<id>.<code>`, the text that the portal's page shows. */
export function readConfirmation(text: string): Confirmation | undefined {
  const match = /^([0-9A-Z]{26})\.([A-Za-z0-9_-]{43})$/.exec(text.trim());
  return match ? { id: match[1], code: match[2] } : undefined;
}
