import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo, Socket } from 'node:net';
import { Authenticator } from '../authentication/Authenticator';
import { forbiddenBy } from '../authorization/forbidden';
import { RbacAuthorizer } from '../authorization/RbacAuthorizer';
import { REVIEWS, RESOURCES } from '../resources';
import { unknownPath } from '../status';
import { UserInfo } from '../types';
import { ServingCertificate } from './certificates';
import { apiResourceList } from './discovery';
import { negotiate } from './negotiation';
import { PathHandler } from './PathHandler';
import { RequestContext, ResourceContext, Upgrade } from './RequestContext';
import { readRequestInfo, RequestInfo } from './RequestInfo';
import { asStatusError, sendObject } from './respond';

export interface ApiServerOptions {
  certificate: ServingCertificate;
  authenticator: Authenticator;
  authorizer: RbacAuthorizer;
  paths: PathHandler;
  resources: { handle(context: ResourceContext): Promise<void> };
  reviews: { handle(context: RequestContext): Promise<void> };
  impersonate(user: UserInfo, request: IncomingMessage): UserInfo;
}

/** The HTTPS server: authenticates and authorizes requests, and dispatches them to the handlers. */
export class ApiServer {
  readonly #options: ApiServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.#server = createServer(
      {
        cert: options.certificate.certificatePem,
        key: options.certificate.keyPem,
        minVersion: 'TLSv1.2',
      },
      (request, response) => this.#serve(request, response),
    );
    this.#server.on('upgrade', (request, socket: Socket, head) => {
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket);
      response.on('finish', () => socket.end());
      const detach = () => response.detachSocket(socket);
      this.#serve(request, response, { socket, head, detach });
    });
    this.#server.keepAliveTimeout = 60_000;
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Resolves to the port. */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Closes every connection, including running watches and unfinished handshakes. */
  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
    upgrade?: Upgrade,
  ): Promise<void> {
    try {
      await this.#handle(request, response, upgrade);
    } catch (error) {
      const status = asStatusError(error);
      if (response.headersSent) {
        response.destroy();
        return;
      }
      if (!request.complete) {
        response.setHeader('Connection', 'close');
      }
      await sendObject(response, status.code, status.toStatus());
    }
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
    upgrade?: Upgrade,
  ): Promise<void> {
    const { authenticator, authorizer, paths, resources, reviews } =
      this.#options;
    const info = readRequestInfo(request.method ?? 'GET', request.url ?? '/');
    const caller = await authenticator.authenticate(
      request.headers.authorization,
    );
    const user = this.#options.impersonate(caller, request);
    const attributes = {
      user,
      verb: info.verb,
      resource: info.resource,
      path: info.path,
    };
    const decision = authorizer.authorize(attributes);
    if (!decision.allowed) {
      throw forbiddenBy(attributes, decision.reason);
    }
    const format = paths.isPlain(info.path)
      ? { encoding: 'json' as const }
      : negotiate(request.headers.accept);
    const context = { info, user, format, request, response, upgrade };
    if (!info.resource) {
      await paths.handle(context);
      return;
    }
    const definition = RESOURCES.find(entry => isAbout(info, entry));
    if (
      definition &&
      !(
        info.resource.namespace &&
        !definition.namespaced &&
        definition.plural !== 'namespaces'
      )
    ) {
      await resources.handle({
        ...context,
        definition,
        resource: info.resource,
      });
      return;
    }
    if (REVIEWS.some(entry => isAbout(info, entry))) {
      await reviews.handle(context);
      return;
    }
    const { group, version } = info.resource;
    if (apiResourceList(group, version)) {
      throw unknownPath();
    }
    await paths.unknown(info.path, response);
  }
}

function isAbout(
  { resource }: RequestInfo,
  entry: { group: string; version: string; plural: string },
): boolean {
  return (
    resource?.group === entry.group &&
    resource.version === entry.version &&
    resource.plural === entry.plural
  );
}
