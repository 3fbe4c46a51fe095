import * as http from 'node:http';
import { Duplex } from 'node:stream';
import { parseObject } from '../cache/privateFiles';
import { Problem } from '../Problem';
import { VERSION } from '../version';
import { trustedCertificates } from './certificates';
import { connect } from './connect';
import { connectionProblem, printable } from './connectionProblem';

/** How long a command waits for the portal, with all requests of one call and what comes before them. */
export const CALL_MS = 15_000;
const MAX_BYTES = 8 * 1024 * 1024;

export interface JsonAnswer {
  status: number;
  retryAfter?: string;
  /** Undefined for an empty answer. */
  body?: Record<string, unknown>;
}

/**
 * Sends a request and reads the answer, which must be a small JSON object. Follows no redirect.
 *
 * @param send - an object to post; without it, the method is GET
 * @param withinMs - how long the request may take; what is left of `CALL_MS` where it is not the first part of a call
 */
export async function requestJson(
  address: string,
  send?: object,
  token?: string,
  withinMs = CALL_MS,
): Promise<JsonAnswer> {
  const url = new URL(address);
  const began = performance.now();
  const socket = await connect(
    url,
    url.protocol === 'https:' ? trustedCertificates() : [],
    withinMs,
  );
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    socket.destroy();
  }, withinMs - (performance.now() - began));
  try {
    return await exchange(url, socket, send, token);
  } catch (error) {
    if (timedOut) {
      throw new Problem(
        `${url.host} did not answer within ${Math.ceil(
          withinMs / 1000,
        )} seconds.`,
      );
    }
    throw connectionProblem(error, url);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function exchange(
  url: URL,
  socket: Duplex,
  send: object | undefined,
  token: string | undefined,
): Promise<JsonAnswer> {
  const body = send && JSON.stringify(send);
  const request = http.request({
    // Only without an agent, which would open a connection of its own.
    createConnection: () => socket,
    host: url.hostname,
    port: url.port || undefined,
    path: `${url.pathname}${url.search}`,
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      host: url.host,
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': `kubectl-berth/${VERSION}`,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      }),
    },
  });
  const response = await new Promise<http.IncomingMessage>(
    (resolve, reject) => {
      request.once('error', reject);
      request.once('response', resolve);
      request.end(body);
    },
  );
  return readAnswer(url, response);
}

async function readAnswer(
  url: URL,
  response: http.IncomingMessage,
): Promise<JsonAnswer> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400) {
    throw new Problem(
      `${url.host} redirects to ${redirectTarget(
        headers.location,
        url,
      )}. Check the address of the portal.`,
    );
  }
  const text = await readText(url, response);
  if (status === 204) {
    return { status };
  }
  const body = isPlainJson(headers) ? parseObject(text) : undefined;
  if (!body && status < 400) {
    const type = printable(headers['content-type'] ?? 'no content type');
    throw new Problem(
      `${url.origin}${url.pathname} did not answer with JSON (status ${status}, ${type}). Check the address of the portal, and whether another server answers in its place.`,
    );
  }
  return {
    status,
    retryAfter: headers['retry-after'],
    ...(body && { body }),
  };
}

function isPlainJson(headers: http.IncomingHttpHeaders): boolean {
  return (
    /^application\/json\b/.test(headers['content-type'] ?? '') &&
    /^(identity)?$/.test(headers['content-encoding'] ?? '')
  );
}

async function readText(
  url: URL,
  response: http.IncomingMessage,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new Problem(
        `The answer of ${url.host} is larger than ${MAX_BYTES} bytes.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Returns the origin only: a location can carry a secret. */
function redirectTarget(location: string | undefined, base: URL): string {
  return location && URL.canParse(location, base.href)
    ? new URL(location, base).origin
    : 'another address';
}
