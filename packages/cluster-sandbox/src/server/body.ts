import { IncomingMessage } from 'node:http';
import { parse } from 'yaml';
import { decodeProtobuf } from '../protobuf/decode';
import { badRequest, StatusError, unsupportedMediaType } from '../status';

export const MAX_BODY_BYTES = 3 * 1024 * 1024;

/** @throws StatusError 413 if the body is longer than the API server accepts */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MAX_BODY_BYTES}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Returns the media type without its parameters, in lower case. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '')
    .split(';')[0]
    .trim()
    .toLowerCase();
}

const BODY_TYPES = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
];

/**
 * Reads an object from JSON, YAML or protobuf; undefined without a body.
 *
 * @param kind - the expected kind, for the message
 * @throws StatusError 415 for other types, 400 for what cannot be parsed
 */
export function parseObject(body: Buffer, type: string, kind: string): any {
  if (body.length === 0) {
    return undefined;
  }
  if (type === 'application/yaml') {
    return parseYaml(body, kind);
  }
  if (type === 'application/vnd.kubernetes.protobuf') {
    return decodeProtobuf(body);
  }
  if (type !== '' && type !== 'application/json') {
    throw unsupportedMediaType(BODY_TYPES);
  }
  try {
    return mustBeObject(JSON.parse(body.toString('utf8')), body, kind);
  } catch (error) {
    throw error instanceof SyntaxError
      ? unrecognized(kind, error.message, body)
      : error;
  }
}

/** @throws StatusError 400 if a patch is not JSON */
export function parseJson(body: Buffer): any {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw badRequest(
      `error decoding patch: ${error instanceof Error ? error.message : error}`,
    );
  }
}

export function parseYaml(body: Buffer, kind: string): any {
  let value: unknown;
  try {
    value = parse(body.toString('utf8'), { maxAliasCount: 100 });
  } catch (error) {
    throw badRequest(
      `error converting YAML to JSON: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
  return mustBeObject(value, body, kind);
}

function mustBeObject(value: unknown, body: Buffer, kind: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const type = Array.isArray(value) ? 'array' : typeof value;
    throw unrecognized(
      kind,
      `json: cannot unmarshal ${type} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
      body,
    );
  }
  return value;
}

/** Returns the API server's error for a body that it cannot parse. */
export function unrecognized(
  kind: string,
  why: string,
  body: Buffer,
): StatusError {
  const start = body.subarray(0, 30);
  const shown = start.toString(start[0] === 0x7b ? 'utf8' : 'hex');
  const rest = body.length > start.length ? ' ...' : '';
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why} (${
      shown ? `${shown}${rest}` : '<empty>'
    })`,
  );
}
