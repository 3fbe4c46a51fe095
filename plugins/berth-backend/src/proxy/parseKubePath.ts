import { InputError, NotAllowedError } from '@backstage/errors';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { KubePath } from './types';

/** Names of objects; those of RBAC contain colons and capitals. */
const SEGMENT = /^[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,251}[A-Za-z0-9])?$/;
/** Resources and subresources, which an API server compares exactly. */
const RESOURCE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/** The subresources that open a connection to a container or service, or give a credential. */
const REFUSED: ReadonlySet<string> = new Set([
  'attach',
  'exec',
  'portforward',
  'proxy',
  'token',
]);

/** The subresources of a namespace itself. Below a namespace, other words are resources in it. */
const OF_NAMESPACES: ReadonlySet<string> = new Set(['finalize', 'status']);

/** Old forms of paths that name a verb in place of a resource. */
const VERBS: ReadonlySet<string> = new Set(['proxy', 'watch']);

/**
 * Parses a path below the address of an API server. What it returns is all that is known of the path later: the path
 * for the API server is made from it by {@link writeKubePath}, so that nothing is authorised as one path and sent as
 * another.
 *
 * @param raw - the path as it arrived, with its escapes and a leading slash, without the query
 * @throws InputError for a malformed path; NotAllowedError for a path that the proxy never passes on
 */
export function parseKubePath(raw: string): KubePath {
  if (!raw.startsWith('/')) {
    throw malformed(raw);
  }
  const segments = raw
    .slice(1)
    .split('/')
    .map(segment => decode(segment, raw));
  if (isDocument(segments)) {
    return { kind: 'document', segments };
  }
  const path = parseResource(segments, raw);
  if (!path) {
    throw new NotAllowedError(
      `The portal does not pass on requests to ${quoteUntrusted(
        `/${segments.join('/')}`,
      )}`,
    );
  }
  if (path.subresource !== undefined && REFUSED.has(path.subresource)) {
    throw new NotAllowedError(
      `The portal does not pass on ${path.subresource} requests. Use the address of the API server for them, where it can be reached`,
    );
  }
  return path;
}

/** Writes the only path that stands for the given parts. */
export function writeKubePath(path: KubePath): string {
  if (path.kind === 'document') {
    return `/${path.segments.join('/')}`;
  }
  const { group, version, resource, namespace, name, subresource } = path;
  return [
    '',
    ...(group === '' ? ['api'] : ['apis', group]),
    version,
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    resource,
    ...(name === undefined ? [] : [name]),
    ...(subresource === undefined ? [] : [subresource]),
  ].join('/');
}

function decode(segment: string, raw: string): string {
  const text = BAD_ESCAPE.test(segment)
    ? ''
    : segment.replace(/%(..)/g, (_, hex) =>
        String.fromCharCode(parseInt(hex, 16)),
      );
  if (!SEGMENT.test(text)) {
    throw malformed(raw);
  }
  return text;
}

function malformed(raw: string): InputError {
  return new InputError(
    `${quoteUntrusted(
      raw,
    )} is not a path of the Kubernetes API: its parts must be names of letters, digits, ".", "_", ":" and "-"`,
  );
}

/** Version, discovery and the OpenAPI documents. */
function isDocument([first, second, ...rest]: string[]): boolean {
  switch (first) {
    case 'version':
      return second === undefined;
    case 'api':
      return rest.length === 0;
    case 'apis':
      return rest.length <= 1;
    case 'openapi':
      return second === 'v2'
        ? rest.length === 0
        : second === 'v3' && rest.length <= 3;
    default:
      return false;
  }
}

function parseResource(
  segments: string[],
  raw: string,
): Extract<KubePath, { kind: 'resource' }> | undefined {
  const [root, ...below] = segments;
  const group = root === 'apis' ? below.shift() : '';
  const version = below.shift();
  if (
    (root !== 'api' && root !== 'apis') ||
    group === undefined ||
    version === undefined ||
    VERBS.has(below[0])
  ) {
    return undefined;
  }
  const namespaced =
    below[0] === 'namespaces' &&
    below.length > 2 &&
    !OF_NAMESPACES.has(below[2]);
  const namespace = namespaced ? below.splice(0, 2)[1] : undefined;
  const [resource, name, subresource, ...more] = below;
  if (more.length > 0) {
    // Only `proxy` has a path of its own below it.
    return REFUSED.has(subresource)
      ? { kind: 'resource', group, version, resource, subresource }
      : undefined;
  }
  for (const word of [resource, subresource]) {
    if (word !== undefined && !RESOURCE.test(word)) {
      throw malformed(raw);
    }
  }
  return {
    kind: 'resource',
    group,
    version,
    resource,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  };
}
