import { LoggerService } from '@backstage/backend-plugin-api';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { ConfigReader } from '@backstage/config';
import express from 'express';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** Says nothing, as what is written to a terminal takes time. */
export const silent: LoggerService = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silent,
};

/** What a Backstage backend puts before the routes on its root router. */
export function throughMiddleware(
  path: string,
  handler: express.RequestHandler,
): RequestListener {
  const config = new ConfigReader({ backend: {} });
  const middleware = MiddlewareFactory.create({ config, logger: silent });
  return express()
    .use(middleware.helmet())
    .use(middleware.cors())
    .use(middleware.compression())
    .use(middleware.logging())
    .use(path, handler)
    .use(middleware.error());
}

/** On a free port of loopback. */
export async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  // A server that is busy for long would cut connections that wait for their turn.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export function address(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** Cuts what is open. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}
