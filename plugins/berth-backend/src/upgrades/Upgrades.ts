import { RequestHandler } from 'express';
import { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';

/** Takes over the connection of a request. */
export type UpgradeHandler = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) => void;

/** For the last bytes to leave, in milliseconds. */
const CLOSE_MS = 2_000;

/** The paths of this plugin below the backend. */
const OWN_PATH = /^\/api\/berth(?:[/?]|$)/i;

/**
 * Listens for requests that upgrade their connection. Without any listener, Node gives them to the routes. As soon as
 * one plugin listens, as the plugin for signals does, Node gives them to listeners only, and those that no listener
 * answers wait for ever. So this listener answers all upgrades of Berth's paths, and gives those that no handler takes
 * to the routes, which refuse them with words. Upgrades of other paths belong to others. While nobody else listens,
 * they go to the routes, too: that is how the plugin for signals sees its first one, and begins to listen.
 */
export class Upgrades {
  readonly #listening = new WeakSet<Server>();
  readonly #handlers: {
    matches: (url: string) => boolean;
    handle: UpgradeHandler;
  }[] = [];

  /** @param matches - decides by the URL of a request, as it arrived */
  handle(matches: (url: string) => boolean, handle: UpgradeHandler): void {
    this.#handlers.push({ matches, handle });
  }

  /** Listens on the server of the first request. Nothing else gives a plugin the server. */
  readonly middleware: RequestHandler = (request, _, next) => {
    this.listen(request);
    next();
  };

  /** Listens on the server of a request, if that is not the case already. */
  listen({ socket }: IncomingMessage): void {
    const { server } = socket as typeof socket & { server?: Server };
    if (!server || this.#listening.has(server)) {
      return;
    }
    this.#listening.add(server);
    server.on('upgrade', (request: IncomingMessage, upgraded, head) => {
      const url = request.url ?? '';
      const taker = this.#handlers.find(({ matches }) => matches(url));
      if (taker) {
        taker.handle(request, upgraded, head);
      } else if (OWN_PATH.test(url) || server.listenerCount('upgrade') === 1) {
        giveToRoutes(server, request, upgraded);
      }
    });
  }
}

function giveToRoutes(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
): void {
  // Node leaves both to the listener: the errors of the connection, and its end by the client.
  socket.on('error', () => {});
  socket.on('end', () => socket.destroy());
  socket.resume();
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as never);
  response.on('finish', () => close(socket));
  server.emit('request', request, response);
}

/** Refuses an upgrade with a status and words, which kubectl prints and browsers hide. */
export function refuseUpgrade(
  socket: Duplex,
  status: string,
  message: string,
): void {
  const code = Number(status.slice(0, 3));
  // kubectl prints the message of a Status.
  const body = JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    code,
  });
  socket.on('error', () => {});
  close(
    socket,
    [
      `HTTP/1.1 ${status}`,
      'Connection: close',
      'Cache-Control: no-store',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

/** Sends the last bytes and closes the connection, also if the client neither reads nor closes its half. */
function close(socket: Duplex, last?: string) {
  const timer = setTimeout(() => socket.destroy(), CLOSE_MS);
  socket.once('finish', () => socket.destroy());
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
  socket.end(last);
}
