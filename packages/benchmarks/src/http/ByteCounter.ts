import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/** Passes connections on to a server, and counts the bytes that the server sends, with their encryption. */
export class ByteCounter {
  bytes = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** @param url - of the server, on loopback */
  static async start(url: string): Promise<ByteCounter> {
    const counter = new ByteCounter(Number(new URL(url).port));
    counter.#server.listen(0, '127.0.0.1');
    await once(counter.#server, 'listening');
    return counter;
  }

  private constructor(port: number) {
    this.#server = createServer(near => {
      const far = connect(port, '127.0.0.1');
      far.on('data', chunk => {
        this.bytes += chunk.length;
      });
      for (const [one, other] of [
        [near, far],
        [far, near],
      ]) {
        this.#sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => this.#sockets.delete(one));
      }
      near.pipe(far).pipe(near);
    });
  }

  /** The address of the server through the counter. */
  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Returns the bytes that the server sent during the work. */
  async during<T>(
    work: () => Promise<T>,
  ): Promise<{ bytes: number; result: T }> {
    const before = this.bytes;
    const result = await work();
    return { bytes: this.bytes - before, result };
  }

  stop(): void {
    this.#server.close();
    this.#sockets.forEach(socket => socket.destroy());
  }
}
