import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { UserInfo } from '../types';
import { Format } from './negotiation';
import { RequestInfo } from './RequestInfo';

/** An authenticated and authorized request. */
export interface RequestContext {
  info: RequestInfo;
  user: UserInfo;
  format: Format;
  request: IncomingMessage;
  response: ServerResponse;
  /** The connection of a request that asks for another protocol. */
  upgrade?: Upgrade;
}

export interface Upgrade {
  socket: Socket;
  /** The first bytes after the request. */
  head: Buffer;
  /** Takes the connection from the HTTP response. */
  detach(): void;
}

/** A request for a stored resource. */
export interface ResourceContext extends RequestContext {
  definition: ResourceDefinition;
  resource: NonNullable<RequestInfo['resource']>;
}
