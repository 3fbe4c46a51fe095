import { IncomingMessage, ServerResponse } from 'node:http';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { UserInfo } from '../types';
import { Format } from './negotiation';
import { RequestInfo } from './RequestInfo';

/** A request that has been authenticated and authorized. */
export interface RequestContext {
  info: RequestInfo;
  user: UserInfo;
  format: Format;
  request: IncomingMessage;
  response: ServerResponse;
}

/** A request about a resource that is kept. */
export interface ResourceContext extends RequestContext {
  definition: ResourceDefinition;
  resource: NonNullable<RequestInfo['resource']>;
}
