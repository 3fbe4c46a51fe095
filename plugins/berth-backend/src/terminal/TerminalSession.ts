import {
  terminalInputSchema,
  TerminalMessage,
  TerminalShell,
} from '@berth/plugin-berth-common';
import type { RawData, WebSocket } from 'ws';
import { isKubeError } from '../kube';
import {
  endOf,
  endOfInput,
  frame,
  RESIZE,
  STATUS,
  STDERR,
  STDIN,
  STDOUT,
} from './channels';
import { ping } from './ping';
import { relay } from './relay';
import {
  accessEnded,
  isForPeople,
  SessionLimits,
  TERMINAL_TIMES,
} from './SessionLimits';
import { TerminalEnd } from './types';

/** The size of a terminal before its page sends one. */
const FIRST_SIZE = { columns: 80, rows: 24 };
const NORMAL_CLOSURE = 1000;
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

/** What remains of a terminal. It has no word of what was typed or shown. */
export interface TerminalSummary {
  end: TerminalEnd;
  seconds: number;
  /** Bytes that the person typed. */
  bytesIn: number;
  /** Bytes that the container sent. */
  bytesOut: number;
}

/**
 * One terminal: passes bytes between a page and a container, as fast as the slower side takes them. It asks again every
 * minute whether the person may still use it, and ends if not, without input, and with the person's sign-in.
 */
export class TerminalSession {
  readonly #options: TerminalSessionOptions;
  readonly #startedAt = Date.now();
  readonly #connecting = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #ended: Promise<TerminalSummary>;
  readonly #limits: SessionLimits;
  #resolve: (summary: TerminalSummary) => void = () => {};
  #upstream?: WebSocket;
  #end?: TerminalEnd;
  #size = FIRST_SIZE;
  #isSizeOnTheWay = false;
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(options: TerminalSessionOptions) {
    this.#options = options;
    this.#limits = new SessionLimits({
      ...options,
      onEnd: end => this.end(end),
    });
    this.#ended = new Promise(resolve => {
      this.#resolve = resolve;
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
    this.#limits.start();
    this.#timers.push(ping(browser, TERMINAL_TIMES.ping));
    try {
      const upstream = await connect(this.#connecting.signal);
      this.#pass(upstream);
    } catch (error) {
      this.end(refusal(error));
    }
    return this.#ended;
  }

  /** Ends the terminal. Later calls do nothing. */
  end(end: TerminalEnd): void {
    if (this.#end) {
      return;
    }
    this.#end = end;
    this.#limits.stop();
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#connecting.abort();
    this.#close();
    this.#resolve({
      end,
      seconds: Math.round((Date.now() - this.#startedAt) / 1000),
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
    });
  }

  #pass(upstream: WebSocket) {
    const { browser, shell } = this.#options;
    if (this.#end) {
      upstream.terminate();
      return;
    }
    this.#upstream = upstream;
    this.#timers.push(ping(upstream, TERMINAL_TIMES.ping));
    upstream.on('message', data => {
      const bytes = bytesOf(data);
      const payload = bytes.subarray(1);
      if (bytes[0] === STDOUT || bytes[0] === STDERR) {
        this.#bytesOut += payload.length;
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
    this.#limits.used();
    // What a person types before the shell is there belongs nowhere.
    if (this.#upstream && bytes.length > 0) {
      this.#bytesIn += bytes.length;
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
        if (this.#size !== size && !this.#end) {
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

  /** Ends the input of the shell, says why, and closes both sides. */
  #close() {
    const { browser } = this.#options;
    if (this.#upstream?.readyState === OPEN) {
      for (const message of endOfInput(this.#upstream.protocol, true)) {
        this.#upstream.send(message);
      }
      this.#upstream.resume();
    }
    this.#tell({ type: 'end', ...bounded(this.#end!) });
    const open = [this.#upstream, browser].filter(socket => socket);
    open.forEach(socket => socket!.close(NORMAL_CLOSURE));
    setTimeout(
      () => open.forEach(socket => socket!.terminate()),
      TERMINAL_TIMES.close,
    ).unref();
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
