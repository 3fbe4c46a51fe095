import type { WebSocket } from 'ws';
import { endOfInput } from './channels';
import { ping } from './ping';
import { SessionLimits, TERMINAL_TIMES } from './SessionLimits';
import { TerminalEnd } from './types';

const NORMAL_CLOSURE = 1000;
/** `WebSocket.OPEN`. */
const OPEN = 1;

export interface ConnectionOptions {
  /** The page, or kubectl. */
  client: WebSocket;
  /** @throws the reason why the person may not use it any more */
  check(): Promise<void>;
  endsAt: Date;
  /**
   * How the program gets the end of its input: as Ctrl+D in a terminal, otherwise by the end of the channel.
   * `unowned` for a program that runs without the person, and goes on.
   */
  input: 'terminal' | 'channel' | 'unowned';
  /** Called once, while both sides are still open. */
  onEnd(end: TerminalEnd): void;
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

/** A client and a container, from the start to the end, with the limits of a terminal. */
export class Connection {
  /** Bytes that the person typed. */
  bytesIn = 0;
  /** Bytes that the container sent. */
  bytesOut = 0;
  /** Resolves at the end. */
  readonly summary: Promise<TerminalSummary>;
  readonly #options: ConnectionOptions;
  readonly #limits: SessionLimits;
  readonly #startedAt = Date.now();
  readonly #pings: NodeJS.Timeout[] = [];
  #resolve: (summary: TerminalSummary) => void = () => {};
  #upstream?: WebSocket;
  #end?: TerminalEnd;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#limits = new SessionLimits({
      ...options,
      onEnd: end => this.end(end),
    });
    this.summary = new Promise(resolve => {
      this.#resolve = resolve;
    });
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  start(): void {
    this.#limits.start();
    this.#ping(this.#options.client);
  }

  /** @param upstream - the container */
  connected(upstream: WebSocket): void {
    this.#upstream = upstream;
    this.#ping(upstream);
  }

  /** The person used the program. */
  used(): void {
    this.#limits.used();
  }

  /** Ends the input of the person's own program, and closes both sides. Later calls do nothing. */
  end(end: TerminalEnd): void {
    if (this.#end) {
      return;
    }
    this.#end = end;
    this.#limits.stop();
    this.#pings.forEach(timer => clearInterval(timer));
    const { client, input, onEnd } = this.#options;
    const upstream = this.#upstream;
    if (upstream?.readyState === OPEN) {
      if (input !== 'unowned') {
        endOfInput(upstream.protocol, input === 'terminal').forEach(message =>
          upstream.send(message),
        );
      }
      upstream.resume();
    }
    onEnd(end);
    const sides = upstream ? [upstream, client] : [client];
    sides.forEach(socket => socket.close(NORMAL_CLOSURE));
    setTimeout(
      () => sides.forEach(socket => socket.terminate()),
      TERMINAL_TIMES.close,
    ).unref();
    this.#resolve({
      end,
      seconds: Math.round((Date.now() - this.#startedAt) / 1000),
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
    });
  }

  #ping(socket: WebSocket) {
    this.#pings.push(ping(socket, TERMINAL_TIMES.ping));
  }
}
