import {
  terminalInputSchema,
  TerminalMessage,
  TerminalShell,
} from '@berth/plugin-berth-common';
import type { RawData, WebSocket } from 'ws';
import { isKubeError } from '../kube';
import {
  endOf,
  frame,
  RESIZE,
  STATUS,
  STDERR,
  STDIN,
  STDOUT,
} from './channels';
import { Connection, TerminalSummary } from './Connection';
import { relay } from './relay';
import { accessEnded, isForPeople } from './SessionLimits';
import { TerminalEnd } from './types';

/** The size of a terminal before its page sends one. */
const FIRST_SIZE = { columns: 80, rows: 24 };
/** `WebSocket.OPEN`. */
const OPEN = 1;
const MAX_TEXT = 1_000;

export interface TerminalSessionOptions {
  browser: WebSocket;
  /** @throws the reason why the person may not use the terminal any more */
  check(): Promise<void>;
  /** Opens the connection to the container, paused. */
  connect(signal: AbortSignal): Promise<WebSocket>;
  /** The end of the sign-in to the portal. */
  endsAt: Date;
  shell: TerminalShell;
}

/**
 * One terminal: passes bytes between a page and a container, as fast as the slower side takes them. It asks again every
 * minute whether the person may still use it, and ends if not, without input, and with the person's sign-in.
 */
export class TerminalSession {
  readonly #options: TerminalSessionOptions;
  readonly #connecting = new AbortController();
  readonly #connection: Connection;
  #upstream?: WebSocket;
  #size = FIRST_SIZE;
  #isSizeOnTheWay = false;

  constructor(options: TerminalSessionOptions) {
    this.#options = options;
    this.#connection = new Connection({
      ...options,
      client: options.browser,
      input: 'terminal',
      onEnd: end => {
        this.#connecting.abort();
        this.#tell({ type: 'end', ...bounded(end) });
      },
    });
  }

  /** Resolves at the end of the terminal. */
  async run(): Promise<TerminalSummary> {
    const { browser, connect } = this.#options;
    browser.on('message', (data, isBinary) => this.#receive(data, isBinary));
    browser.on('error', () => {});
    browser.once('close', () =>
      this.end({ cause: 'Exited', message: 'The page was closed' }),
    );
    this.#connection.start();
    try {
      const upstream = await connect(this.#connecting.signal);
      this.#pass(upstream);
    } catch (error) {
      this.end(refusal(error));
    }
    return this.#connection.summary;
  }

  /** Ends the terminal. Later calls do nothing. */
  end(end: TerminalEnd): void {
    this.#connection.end(end);
  }

  #pass(upstream: WebSocket) {
    const { browser, shell } = this.#options;
    if (this.#connection.ended) {
      upstream.terminate();
      return;
    }
    this.#upstream = upstream;
    this.#connection.connected(upstream);
    upstream.on('message', data => {
      const bytes = bytesOf(data);
      const payload = bytes.subarray(1);
      if (bytes[0] === STDOUT || bytes[0] === STDERR) {
        this.#connection.bytesOut += payload.length;
        relay(upstream, browser, payload);
      } else if (bytes[0] === STATUS) {
        this.end(endOf(payload.toString('utf8'), shell));
      }
    });
    upstream.once('close', () =>
      this.end({
        cause: 'Failed',
        message: 'The cluster closed the connection',
      }),
    );
    this.#tell({ type: 'open' });
    this.#sendSize();
    upstream.resume();
  }

  #receive(data: RawData, isBinary: boolean) {
    const bytes = bytesOf(data);
    if (!isBinary) {
      this.#resize(bytes.toString('utf8'));
      return;
    }
    this.#connection.used();
    // What a person types before the shell is there belongs nowhere.
    if (this.#upstream && bytes.length > 0) {
      this.#connection.bytesIn += bytes.length;
      relay(this.#options.browser, this.#upstream, frame(STDIN, bytes));
    }
  }

  #resize(text: string) {
    const input = terminalInputSchema.safeParse(parse(text));
    if (!input.success) {
      this.end({
        cause: 'Failed',
        message: 'The page sent a message that the portal does not know',
      });
      return;
    }
    this.#size = input.data;
    this.#sendSize();
  }

  /** One size at most is on the way. Of those that the page sends meanwhile, the last one follows. */
  #sendSize() {
    if (!this.#upstream || this.#isSizeOnTheWay) {
      return;
    }
    const size = this.#size;
    this.#isSizeOnTheWay = true;
    this.#upstream.send(
      frame(RESIZE, JSON.stringify({ Width: size.columns, Height: size.rows })),
      () => {
        this.#isSizeOnTheWay = false;
        if (this.#size !== size && !this.#connection.ended) {
          this.#sendSize();
        }
      },
    );
  }

  #tell(message: TerminalMessage) {
    if (this.#options.browser.readyState === OPEN) {
      this.#options.browser.send(JSON.stringify(message));
    }
  }
}

function bounded({ cause, message }: TerminalEnd): TerminalEnd {
  return { cause, message: message.slice(0, MAX_TEXT) };
}

function refusal(error: unknown): TerminalEnd {
  if (!isKubeError(error)) {
    return isForPeople(error)
      ? accessEnded(error)
      : { cause: 'Failed', message: 'The terminal could not be opened' };
  }
  const unreachable = ['DNS', 'TCP', 'TLS', 'Timeout'].includes(error.failure);
  return {
    cause: unreachable ? 'Unreachable' : 'Failed',
    message: error.message,
  };
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) {
    return Buffer.concat(data);
  }
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
