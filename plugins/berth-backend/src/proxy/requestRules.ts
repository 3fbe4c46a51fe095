import { InputError } from '@backstage/errors';
import { assertNotDenied } from '../access/deniedResources';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { knownMediaType } from './mediaTypes';
import { parseKubePath } from './parseKubePath';
import { ProxyError } from './ProxyError';
import { KubePath, PROXY_METHODS, ProxyMethod, ProxyRequest } from './types';

const MAX_QUERY = 8 * 1024;
const MAX_TYPES = 16;

const OF_ALL = ['timeout'];
const OF_DOCUMENTS = ['hash'];
const OF_RESOURCES = [
  'allowWatchBookmarks',
  'continue',
  'dryRun',
  'fieldManager',
  'fieldSelector',
  'fieldValidation',
  'force',
  'gracePeriodSeconds',
  'includeObject',
  'labelSelector',
  'limit',
  'propagationPolicy',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
];
const OF_LOGS = [
  'container',
  'follow',
  'limitBytes',
  'previous',
  'sinceSeconds',
  'sinceTime',
  'stream',
  'tailLines',
  'timestamps',
];

/** kubectl writes some objects in Kubernetes' own format. Only the API server reads bodies. */
const OBJECTS = ['application/json', 'application/vnd.kubernetes.protobuf'];

const BODY_TYPES: Record<string, readonly string[]> = {
  POST: OBJECTS,
  PUT: OBJECTS,
  DELETE: OBJECTS,
  PATCH: [
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/strategic-merge-patch+json',
    'application/apply-patch+yaml',
  ],
};

const SWITCHES: ReadonlySet<string> = new Set(['follow', 'watch']);
const TRUE: ReadonlySet<string> = new Set(['1', 'true']);
const FALSE: ReadonlySet<string> = new Set(['0', 'false']);

/** Questions about the caller, which kubectl asks with POST. */
const QUESTIONS: ReadonlySet<string> = new Set([
  'authentication.k8s.io/selfsubjectreviews',
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
]);

/** The parts of an HTTP request that the rules are about. */
export interface RawRequest {
  method: string;
  /** The path below the proxy and the query, as they arrived. */
  url: string;
  accept?: string;
  contentType?: string;
}

/**
 * Decides whether the proxy passes a request on, and in which form.
 *
 * @param deny - resources that the configuration takes away, such as `secrets` or `nodes/stats`
 * @throws InputError, NotAllowedError or ProxyError with the rule
 */
export function readProxyRequest(
  raw: RawRequest,
  deny: readonly string[],
): ProxyRequest {
  const [, rawPath, rawQuery] = /^([^?]*)\??(.*)$/s.exec(raw.url)!;
  const path = parseKubePath(rawPath);
  const method = readMethod(raw.method, path);
  if (path.kind === 'resource') {
    assertNotDenied(path, deny);
  }
  const isLog = path.kind === 'resource' && path.subresource === 'log';
  const query = readQuery(rawQuery, [
    ...OF_ALL,
    ...(path.kind === 'document' ? OF_DOCUMENTS : OF_RESOURCES),
    ...(isLog ? OF_LOGS : []),
  ]);
  const stream = streamOf(method, query, isLog);
  const verb = verbOf(method, path, stream);
  const permission = isRead(method, path) ? 'read' : 'write';
  const contentType = readContentType(method, raw.contentType);
  return {
    method,
    path,
    verb,
    query,
    ...(stream && { stream }),
    accept: isLog ? 'application/json, */*' : readAccept(raw.accept, path),
    ...(contentType !== undefined && { contentType }),
    permission,
    ...eventOf(path, permission),
  };
}

function readMethod(text: string, path: KubePath): ProxyMethod {
  const method = PROXY_METHODS.find(known => known === text);
  if (!method || (path.kind === 'document' && method !== 'GET')) {
    throw new ProxyError(
      405,
      `The portal does not pass on ${quoteUntrusted(text)} requests ${
        path.kind === 'document' ? 'to this path' : ''
      }`.trim(),
    );
  }
  if (
    method === 'DELETE' &&
    path.kind === 'resource' &&
    path.name === undefined
  ) {
    throw new InputError(
      'The portal does not pass on the deletion of a whole collection. Delete the objects by name',
    );
  }
  return method;
}

function readQuery(
  raw: string,
  allowed: readonly string[],
): Record<string, string> {
  if (raw.length > MAX_QUERY) {
    throw new InputError(
      `The query of the URL must be at most ${MAX_QUERY} characters long`,
    );
  }
  const query: Record<string, string> = {};
  for (const [name, value] of raw === '' ? [] : pairsOf(raw)) {
    if (!allowed.includes(name)) {
      throw new InputError(
        `The portal does not pass on the query parameter ${quoteUntrusted(
          name,
        )}`,
      );
    }
    if (Object.hasOwn(query, name)) {
      throw new InputError(`The query parameter ${name} must be given once`);
    }
    if (/\p{Cc}/u.test(value)) {
      throw new InputError(`${name} must be without control characters`);
    }
    if (SWITCHES.has(name)) {
      query[name] = readSwitch(name, value);
    } else {
      query[name] = value;
    }
  }
  return query;
}

function pairsOf(raw: string): [string, string][] {
  return raw.split('&').map(pair => {
    const [name, value = ''] = pair.split(/=(.*)/s, 2);
    try {
      return [
        decodeURIComponent(name),
        decodeURIComponent(value.replaceAll('+', ' ')),
      ];
    } catch {
      throw new InputError('The query of the URL is not UTF-8');
    }
  });
}

/** An API server takes any unknown text for "yes", so that a stream could look like none. */
function readSwitch(name: string, value: string): string {
  if (!TRUE.has(value) && !FALSE.has(value)) {
    throw new InputError(
      `${name} ${quoteUntrusted(value)} must be true or false`,
    );
  }
  return String(TRUE.has(value));
}

function streamOf(
  method: ProxyMethod,
  query: Record<string, string>,
  isLog: boolean,
): ProxyRequest['stream'] {
  if (method !== 'GET') {
    return undefined;
  }
  if (isLog) {
    return query.follow === 'true' ? 'log' : undefined;
  }
  return query.watch === 'true' ? 'watch' : undefined;
}

function verbOf(
  method: ProxyMethod,
  path: KubePath,
  stream: ProxyRequest['stream'],
): string {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return 'delete';
    default:
  }
  if (stream === 'watch') {
    return 'watch';
  }
  return path.kind === 'resource' && path.name === undefined ? 'list' : 'get';
}

function isRead(method: ProxyMethod, path: KubePath): boolean {
  return (
    method === 'GET' ||
    (method === 'POST' &&
      path.kind === 'resource' &&
      QUESTIONS.has(`${path.group}/${path.resource}`))
  );
}

function eventOf(
  path: KubePath,
  permission: ProxyRequest['permission'],
): Pick<ProxyRequest, 'event'> {
  if (permission === 'write') {
    return { event: 'proxy-write' };
  }
  if (path.kind === 'resource' && path.group === '') {
    if (path.resource === 'secrets') {
      return { event: 'proxy-secret-read' };
    }
    if (path.resource === 'pods' && path.subresource === 'log') {
      return { event: 'pod-log' };
    }
  }
  return {};
}

/** Keeps what the proxy also passes on in the answer. */
function readAccept(text: string | undefined, path: KubePath): string {
  const openapi = path.kind === 'document' && path.segments[0] === 'openapi';
  const known = (text ?? '')
    .split(',')
    .slice(0, MAX_TYPES)
    .map(type => knownMediaType(type, { openapi }))
    .filter(type => type !== undefined);
  return known.length > 0 ? known.join(', ') : 'application/json';
}

/** @returns undefined for a request without a body, or whose body has no type */
function readContentType(
  method: ProxyMethod,
  text: string | undefined,
): string | undefined {
  if (method === 'GET' || text === undefined) {
    return undefined;
  }
  const type = text.split(';')[0].trim().toLowerCase();
  const allowed = BODY_TYPES[method];
  if (!allowed.includes(type)) {
    throw new ProxyError(
      415,
      `The portal passes on bodies of ${allowed.join(
        ', ',
      )} with ${method}, not of ${quoteUntrusted(text)}`,
    );
  }
  return type;
}
