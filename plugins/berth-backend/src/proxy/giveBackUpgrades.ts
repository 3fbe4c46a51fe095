import { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

const listening = new WeakSet<Server>();

/** Matches {@link PROXY_PATH} in the URL of a request to the backend. */
const PROXY_URL = /^\/api\/berth\/clusters\/[^/?]+\/proxy(?:[/?]|$)/i;

/**
 * Gives requests for an upgrade, such as those of `kubectl exec`, to the routes, which refuse them with words. Without
 * any listener for upgrades, Node does so itself. As soon as one plugin listens, as the plugin for signals does, Node
 * gives upgrades to listeners only, and those that no listener answers wait for ever.
 *
 * @param request - a request of the server
 */
export function giveBackUpgrades({ socket }: IncomingMessage): void {
  const { server } = socket as Socket & { server?: Server };
  if (!server || listening.has(server)) {
    return;
  }
  listening.add(server);
  server.on('upgrade', (request: IncomingMessage, upgraded: Socket) => {
    // Other paths belong to others, unless nobody else listens.
    const isOurs =
      PROXY_URL.test(request.url ?? '') ||
      server.listenerCount('upgrade') === 1;
    if (isOurs) {
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(upgraded);
      response.on('finish', () => upgraded.end());
      server.emit('request', request, response);
    }
  });
}
