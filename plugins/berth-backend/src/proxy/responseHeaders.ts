import { KubeAnswer } from '../kube';
import { isOpenapiProtobuf, knownMediaType } from './mediaTypes';
import { ProxyError } from './ProxyError';
import { ProxyRequest } from './types';

const MAX_WARNINGS = 8;
const MAX_WARNING = 1024;
const LOG = 'text/plain; charset=utf-8';

/** What the person gets of an answer. */
export interface PassedAnswer {
  status: number;
  headers: Record<string, string | string[]>;
}

type Answer = Pick<KubeAnswer, 'status' | 'headers'>;

/**
 * Decides which answers of an API server the proxy passes on, and with which headers. All others could be those of
 * another kind of server, and act in the browser.
 *
 * @param server - the name of the cluster, for messages
 * @throws ProxyError for an answer that is not passed on
 */
export function passedAnswer(
  { status, headers }: Answer,
  request: ProxyRequest,
  server: string,
): PassedAnswer {
  const type = single(headers['content-type']) ?? '';
  const encoding = single(headers['content-encoding']) ?? 'identity';
  if (status < 200 || (status >= 300 && status < 400)) {
    throw refused(server, `a redirect or an interim answer (${status})`);
  }
  if (encoding.toLowerCase() !== 'identity') {
    throw refused(server, 'a compressed answer, which was not asked for');
  }
  const passed = passedType(type, status, request);
  if (passed === undefined) {
    if (status >= 400 && /^text\/plain\b/i.test(type)) {
      // An API server answers so for paths that it does not have.
      throw new ProxyError(
        status,
        `${server} answers ${status} without an explanation`,
        retryAfter(headers),
      );
    }
    throw refused(server, `the content type ${type.slice(0, 100) || 'none'}`);
  }
  return {
    status,
    headers: {
      'content-type': passed,
      'cache-control': request.stream ? 'no-store, no-transform' : 'no-store',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-berth-answered-by': 'cluster',
      'x-content-type-options': 'nosniff',
      // An answer that breaks off is then an error for the receiver. Compression removes the length.
      ...(!request.stream && optional('content-length', headers, /^\d{1,15}$/)),
      ...optional('audit-id', headers, /^[\w-]{1,64}$/),
      ...optional('retry-after', headers, /^\d{1,5}$/),
      ...warnings(headers),
    },
  };
}

function passedType(
  type: string,
  status: number,
  { accept, path }: ProxyRequest,
): string | undefined {
  const openapi = path.kind === 'document' && path.segments[0] === 'openapi';
  const json = knownMediaType(type, { openapi });
  if (json !== undefined) {
    return json;
  }
  if (openapi && status === 200) {
    // Older API servers name no type for these documents, so that Go guesses it.
    if (/^text\/plain\b/i.test(type)) {
      return 'application/json';
    }
    if (
      /^application\/octet-stream\b/i.test(type) &&
      accept.split(', ').some(isOpenapiProtobuf)
    ) {
      // Go refuses the name that kubectl asks for, because of its @.
      return 'application/octet-stream';
    }
  }
  const isLog = path.kind === 'resource' && path.subresource === 'log';
  if (isLog && status === 200 && /^text\/plain\b/i.test(type)) {
    return LOG;
  }
  // The log of a pod without a node has no text.
  return isLog && status === 204 && type === '' ? LOG : undefined;
}

function refused(server: string, what: string): ProxyError {
  return new ProxyError(
    502,
    `${server} answers with ${what}, which the portal does not pass on`,
  );
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

function optional(
  name: string,
  headers: Answer['headers'],
  form: RegExp,
): Record<string, string> {
  const value = single(headers[name]);
  return value !== undefined && form.test(value) ? { [name]: value } : {};
}

function retryAfter(headers: Answer['headers']) {
  const value = optional('retry-after', headers, /^\d{1,5}$/)['retry-after'];
  return value === undefined ? {} : { retryAfterSeconds: Number(value) };
}

/** Warnings of an API server are for people: kubectl prints them. */
function warnings({ warning }: Answer['headers']): Record<string, string[]> {
  const found = [warning ?? []]
    .flat()
    .filter(text => text.length <= MAX_WARNING && /^[\x20-\x7e]+$/.test(text))
    .slice(0, MAX_WARNINGS);
  return found.length > 0 ? { warning: found } : {};
}
