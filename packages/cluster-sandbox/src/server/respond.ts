import { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { stringify } from 'yaml';
import { StatusError } from '../status';
import { Format } from './negotiation';

const compress = promisify(gzip);
/** The API server's threshold: smaller answers are not worth compressing. */
const GZIP_THRESHOLD = 128 * 1024;

/** Sends an object in the requested format. */
export async function sendObject(
  response: ServerResponse,
  code: number,
  object: unknown,
  format: Format = { encoding: 'json' },
  mediaType = format.encoding === 'yaml'
    ? 'application/yaml'
    : 'application/json',
): Promise<void> {
  const yaml = format.encoding === 'yaml';
  const text = yaml ? stringify(object) : `${JSON.stringify(object)}\n`;
  let body = Buffer.from(text);
  const encodings = response.req.headers['accept-encoding'] ?? '';
  if (body.length > GZIP_THRESHOLD && /\bgzip\b/.test(`${encodings}`)) {
    body = await compress(body, { level: 1 });
    response.setHeader('Content-Encoding', 'gzip');
  }
  response.statusCode = code;
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Cache-Control', 'no-cache, private');
  response.setHeader('Content-Length', body.length);
  response.end(body);
}

/** Adds a warning to the headers, as the API server does. */
export function sendWarning(response: ServerResponse, text: string): void {
  response.appendHeader('Warning', `299 - ${JSON.stringify(text)}`);
}

export function sendText(
  response: ServerResponse,
  code: number,
  text: string,
): void {
  response.statusCode = code;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-cache, private');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(text);
}

/** Converts any error to a Status. */
export function asStatusError(error: unknown): StatusError {
  if (error instanceof StatusError) {
    return error;
  }
  const message = error instanceof Error ? error.stack ?? error.message : error;
  return new StatusError(
    500,
    'InternalError',
    `Internal error occurred: ${message}`,
    { causes: [{ message: `${message}` }] },
  );
}
