import { LoggerService } from '@backstage/backend-plugin-api';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { ConfigReader } from '@backstage/config';
import express from 'express';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** Logs nothing, because writing to a terminal takes time. */
export const silent: LoggerService = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silent,
};

/** Serves a handler behind the middleware of the root router of a Backstage backend. */
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

/** Listens on a free port of loopback. */
export async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  // Otherwise a server that is busy for long closes connections that wait.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export function address(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** Closes all open connections. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}
