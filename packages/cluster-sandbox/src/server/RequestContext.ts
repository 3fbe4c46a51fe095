import { IncomingMessage, ServerResponse } from 'node:http';
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
}

/** A request for a stored resource. */
export interface ResourceContext extends RequestContext {
  definition: ResourceDefinition;
  resource: NonNullable<RequestInfo['resource']>;
}
