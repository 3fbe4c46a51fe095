import { TERMINAL_PROTOCOL, TerminalMessage } from '@berth/plugin-berth-common';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A page of the portal with a terminal. */
export class TestPage {
  readonly socket: WebSocket;
  /** What the shell wrote. */
  shown = '';
  readonly messages: TerminalMessage[] = [];
  #wake = () => {};
  #error = '';

  /** @param origin - undefined sends none */
  constructor(url: string, ticket: string, origin?: string) {
    this.socket = new WebSocket(
      url,
      [TERMINAL_PROTOCOL, `ticket.${ticket}`],
      origin === undefined ? {} : { origin },
    );
    this.socket.on('error', error => {
      this.#error = error.message;
    });
    this.socket.on('close', () => this.#wake());
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        this.shown += data.toString('utf8');
      } else {
        this.messages.push(JSON.parse(data.toString('utf8')));
      }
      this.#wake();
    });
  }

  /** The status of a refused handshake; undefined if it succeeded. */
  async refusal(): Promise<number | undefined> {
    return new Promise(resolve => {
      this.socket.once('open', () => resolve(undefined));
      this.socket.once('unexpected-response', (_, response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
  }

  async until(holds: (page: TestPage) => boolean): Promise<void> {
    while (!holds(this)) {
      if (this.socket.readyState === WebSocket.CLOSED) {
        const { messages, shown } = this;
        throw new Error(JSON.stringify([this.#error, messages, shown]));
      }
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }

  /** Resolves once the shell is there. */
  opened(): Promise<void> {
    return this.until(({ messages }) => messages.length > 0);
  }

  type(text: string): void {
    this.socket.send(Buffer.from(text));
  }

  resize(columns: number, rows: number): void {
    this.socket.send(JSON.stringify({ type: 'resize', columns, rows }));
  }

  /** Resolves to the last message once the portal has closed the terminal. */
  async closed(): Promise<TerminalMessage | undefined> {
    if (this.socket.readyState !== WebSocket.CLOSED) {
      await once(this.socket, 'close');
    }
    return this.messages[this.messages.length - 1];
  }
}
