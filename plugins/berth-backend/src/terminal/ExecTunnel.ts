import type { RawData, WebSocket } from 'ws';
import { CLOSE, endOfInput, frame, RESIZE, STATUS, STDIN } from './channels';
import { ping } from './ping';
import { relay } from './relay';
import { SessionLimits, TERMINAL_TIMES } from './SessionLimits';
import { TerminalSummary } from './TerminalSession';
import { TerminalEnd } from './types';

const NORMAL_CLOSURE = 1000;
/** What kubectl may send. */
const FROM_CLIENT: ReadonlySet<number> = new Set([STDIN, RESIZE, CLOSE]);

export interface ExecTunnelOptions {
  /** kubectl. */
  client: WebSocket;
  /** The container, with the subprotocol of the client; paused. */
  upstream: WebSocket;
  /** @throws the reason why the person may not use it any more */
  check(): Promise<void>;
  endsAt: Date;
  /** Whether the program has a terminal. */
  tty: boolean;
}

/** Passes the messages of `kubectl exec` on, with the limits of a terminal. What either side sends counts as use. */
export class ExecTunnel {
  readonly #options: ExecTunnelOptions;
  readonly #limits: SessionLimits;
  readonly #startedAt = Date.now();
  readonly #ended: Promise<TerminalSummary>;
  #resolve: (summary: TerminalSummary) => void = () => {};
  #timers: NodeJS.Timeout[] = [];
  #end?: TerminalEnd;
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(options: ExecTunnelOptions) {
    this.#options = options;
    this.#limits = new SessionLimits({
      ...options,
      onEnd: end => this.end(end),
    });
    this.#ended = new Promise(resolve => {
      this.#resolve = resolve;
    });
  }

  /** Resolves at the end of the program, or of one of the connections. */
  run(): Promise<TerminalSummary> {
    const { client, upstream } = this.#options;
    client.on('error', () => {});
    client.on('message', data => {
      const [channel, size] = headOf(data);
      if (FROM_CLIENT.has(channel)) {
        this.#limits.used();
        this.#bytesIn += channel === STDIN ? size : 0;
        relay(client, upstream, data as Buffer);
      }
    });
    upstream.on('message', data => {
      const [channel, size] = headOf(data);
      this.#limits.used();
      this.#bytesOut += channel === STATUS ? 0 : size;
      relay(upstream, client, data as Buffer);
    });
    client.once('close', () =>
      this.#finish({ cause: 'Exited', message: 'kubectl ended' }),
    );
    upstream.once('close', () =>
      this.#finish({ cause: 'Exited', message: 'The program ended' }),
    );
    this.#limits.start();
    this.#timers = [client, upstream].map(socket =>
      ping(socket, TERMINAL_TIMES.ping),
    );
    upstream.resume();
    return this.#ended;
  }

  /** Ends the tunnel, and gives kubectl the reason. */
  end(end: TerminalEnd): void {
    if (!this.#end) {
      const status = { status: 'Failure', message: end.message, code: 403 };
      const kind = { kind: 'Status', apiVersion: 'v1', metadata: {} };
      this.#options.client.send(
        frame(STATUS, JSON.stringify({ ...kind, ...status })),
      );
      this.#finish(end);
    }
  }

  #finish(end: TerminalEnd) {
    if (this.#end) {
      return;
    }
    this.#end = end;
    this.#limits.stop();
    this.#timers.forEach(timer => clearInterval(timer));
    const { client, upstream, tty } = this.#options;
    if (upstream.readyState === upstream.OPEN) {
      endOfInput(upstream.protocol, tty).forEach(message =>
        upstream.send(message),
      );
      upstream.resume();
    }
    [client, upstream].forEach(socket => socket.close(NORMAL_CLOSURE));
    setTimeout(
      () => [client, upstream].forEach(socket => socket.terminate()),
      TERMINAL_TIMES.close,
    ).unref();
    this.#resolve({
      end,
      seconds: Math.round((Date.now() - this.#startedAt) / 1000),
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
    });
  }
}

/** The channel of a message, and the number of its other bytes. */
function headOf(data: RawData): [channel: number, size: number] {
  const bytes = data as Buffer;
  return [bytes[0], Math.max(0, bytes.length - 1)];
}
