import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';

/** One end of a WebSocket whose other end is the test. */
export class FakeSocket extends EventEmitter {
  readonly sent: (Buffer | string)[] = [];
  readyState = 1;
  bufferedAmount = 0;
  isPaused = false;
  pings = 0;
  /** The callbacks of what the other end has not taken. */
  readonly #taken: (() => void)[] = [];

  constructor(readonly protocol = '') {
    super();
  }

  get socket(): WebSocket {
    return this as unknown as WebSocket;
  }

  /** The text messages, parsed. */
  get messages(): any[] {
    return this.sent
      .filter(data => typeof data === 'string')
      .map(data => JSON.parse(String(data)));
  }

  send(data: Buffer | string, taken = () => {}): void {
    this.sent.push(data);
    this.bufferedAmount += data.length;
    this.#taken.push(taken);
  }

  /** The other end takes everything. */
  take(): void {
    this.bufferedAmount = 0;
    this.#taken.splice(0).forEach(taken => taken());
  }

  receive(data: Buffer | object): void {
    const isBinary = Buffer.isBuffer(data);
    this.emit(
      'message',
      isBinary ? data : Buffer.from(JSON.stringify(data)),
      isBinary,
    );
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  ping(): void {
    this.pings++;
  }

  close(): void {
    if (this.readyState === 1) {
      this.readyState = 3;
      this.emit('close');
    }
  }

  terminate(): void {
    this.close();
  }
}
