import { Config } from '@backstage/config';
import {
  TERMINAL_PROTOCOL,
  TERMINAL_TICKET_PREFIX,
} from '@berth/plugin-berth-common';
import { IncomingHttpHeaders } from 'node:http';

/** The path of the WebSocket. A query is refused, because URLs are logged. */
export const TERMINAL_URL = '/api/berth/terminal';

/** The origins of pages that may open terminals. */
export type Origins = ReadonlySet<string>;

/** Returns the ticket of a request for a terminal, or why the request is refused. */
export function readHandshake(
  headers: IncomingHttpHeaders,
  origins: Origins,
): { ticket: string } | { status: string; message: string } {
  const { origin } = headers;
  if (origin === undefined || !origins.has(origin)) {
    return {
      status: '403 Forbidden',
      message:
        'Only pages of the portal open terminals: the origin is neither that of app.baseUrl nor in backend.cors.origin',
    };
  }
  const [protocol, second, ...more] = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map(item => item.trim());
  if (
    protocol !== TERMINAL_PROTOCOL ||
    !second?.startsWith(TERMINAL_TICKET_PREFIX) ||
    more.length > 0
  ) {
    return {
      status: '400 Bad Request',
      message: `The subprotocols must be ${TERMINAL_PROTOCOL} and the ticket`,
    };
  }
  return { ticket: second.slice(TERMINAL_TICKET_PREFIX.length) };
}

/** Reads the origins of the portal's pages. A pattern in `backend.cors.origin` counts as nothing. */
export function readOrigins(config: Config): Origins {
  const cors = config.getOptional('backend.cors.origin');
  return new Set(
    [
      config.getOptionalString('app.baseUrl'),
      ...(Array.isArray(cors) ? cors : [cors]),
    ]
      .filter(value => typeof value === 'string' && URL.canParse(value))
      .map(value => new URL(String(value)).origin),
  );
}
