import { ProxyRequest } from './types';

/** The owner of fields for clients that name no field manager. It is not the portal's own. */
const USER_AGENT = 'berth-proxy';

/**
 * Returns all headers for the API server, except those that the transport sets. None is copied from the person's
 * request.
 *
 * @param auditId - also the id of the request in the audit log of the API server
 */
export function requestHeaders(
  { accept, contentType }: Pick<ProxyRequest, 'accept' | 'contentType'>,
  auditId: string,
): Record<string, string> {
  return {
    accept,
    'audit-id': auditId,
    'user-agent': USER_AGENT,
    ...(contentType !== undefined && { 'content-type': contentType }),
  };
}
