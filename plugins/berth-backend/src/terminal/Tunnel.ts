import type { RawData, WebSocket } from 'ws';
import { CLOSE, frame, RESIZE, STATUS, STDIN } from './channels';
import { Connection, ConnectionOptions, TerminalSummary } from './Connection';
import { relay } from './relay';
import { TerminalEnd } from './types';

/** What kubectl may send. */
const FROM_CLIENT: ReadonlySet<number> = new Set([STDIN, RESIZE, CLOSE]);

export interface TunnelOptions {
  /** kubectl. */
  client: WebSocket;
  /** The container, with the subprotocol of the client; paused. */
  upstream: WebSocket;
  /** @throws the reason why the person may not use it any more */
  check(): Promise<void>;
  endsAt: Date;
  /** Whether the first byte of each message names a channel. */
  hasChannels: boolean;
  input: ConnectionOptions['input'];
}

/** Bytes of a ping in a SPDY connection. kubectl sends one every few seconds, also while nobody uses the port. */
const SPDY_PING = 12;

/** Passes the messages of kubectl on, with the limits of a terminal. What either side sends counts as use. */
export class Tunnel {
  readonly #options: TunnelOptions;
  readonly #connection: Connection;
  /** Whether either side closed its connection. */
  #isClosed = false;

  constructor(options: TunnelOptions) {
    this.#options = options;
    this.#connection = new Connection({
      ...options,
      onEnd: end => this.#giveReason(end),
    });
  }

  /** Resolves at the end of the program, or of one of the connections. */
  run(): Promise<TerminalSummary> {
    const { client, upstream, hasChannels } = this.#options;
    const connection = this.#connection;
    client.on('error', () => {});
    client.on('message', data => {
      const [channel, size] = hasChannels ? headOf(data) : wholeOf(data);
      if (FROM_CLIENT.has(channel)) {
        this.#used(size);
        connection.bytesIn += channel === STDIN ? size : 0;
        relay(client, upstream, data as Buffer);
      }
    });
    upstream.on('message', data => {
      const [channel, size] = hasChannels ? headOf(data) : wholeOf(data);
      this.#used(size);
      connection.bytesOut += channel === STATUS ? 0 : size;
      relay(upstream, client, data as Buffer);
    });
    client.once('close', () => this.#closed('kubectl ended'));
    upstream.once('close', () => this.#closed('The program ended'));
    connection.start();
    connection.connected(upstream);
    upstream.resume();
    return connection.summary;
  }

  /** Ends the tunnel, and gives kubectl the reason where the protocol can. */
  end(end: TerminalEnd): void {
    this.#connection.end(end);
  }

  #used(size: number) {
    if (this.#options.hasChannels || size > SPDY_PING) {
      this.#connection.used();
    }
  }

  #closed(message: string) {
    this.#isClosed = true;
    this.#connection.end({ cause: 'Exited', message });
  }

  #giveReason({ message }: TerminalEnd) {
    if (!this.#isClosed && this.#options.hasChannels) {
      const status = { status: 'Failure', message, code: 403 };
      const kind = { kind: 'Status', apiVersion: 'v1', metadata: {} };
      this.#options.client.send(
        frame(STATUS, JSON.stringify({ ...kind, ...status })),
      );
    }
  }
}

/** The channel of a message, and the number of its other bytes. */
function headOf(data: RawData): [channel: number, size: number] {
  const bytes = data as Buffer;
  return [bytes[0], Math.max(0, bytes.length - 1)];
}

/** A message without a channel counts as data. */
function wholeOf(data: RawData): [channel: number, size: number] {
  return [STDIN, (data as Buffer).length];
}
