import { badRequest } from '../status';

/** The target of a request, which authorization and routing share. */
export interface RequestInfo {
  path: string;
  query: URLSearchParams;
  method: string;
  /** Kubernetes' verb, such as `list` or `create`; for other paths the method in lower case. */
  verb: string;
  resource?: {
    group: string;
    version: string;
    plural: string;
    subresource?: string;
    namespace?: string;
    name?: string;
  };
}

const VERBS: Record<string, string> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
  GET: 'get',
  HEAD: 'get',
};

/**
 * Reads a request line as kube-apiserver's RequestInfoFactory does.
 *
 * @throws StatusError 400 if the path cannot be decoded
 */
export function readRequestInfo(method: string, url: string): RequestInfo {
  const [rawPath, ...rest] = url.split('?');
  let path: string;
  try {
    path = decodeURIComponent(rawPath);
  } catch {
    throw badRequest(`the path ${JSON.stringify(rawPath)} cannot be decoded`);
  }
  const query = new URLSearchParams(rest.join('?'));
  const info: RequestInfo = { path, query, method, verb: method.toLowerCase() };
  const parts = path.split('/').filter(part => part !== '');
  const prefix = parts.shift();
  const grouped = prefix === 'apis';
  if (!(prefix === 'api' || grouped) || parts.length < (grouped ? 3 : 2)) {
    return info;
  }
  const group = grouped ? parts.shift()! : '';
  const version = parts.shift()!;
  let namespace: string | undefined;
  if (parts[0] === 'namespaces' && parts.length > 1) {
    namespace = parts[1];
    if (parts.length > 2 && !['status', 'finalize'].includes(parts[2])) {
      parts.splice(0, 2);
    }
  }
  if (parts.length > 3) {
    parts.splice(3);
  }
  const [plural, name, subresource] = parts;
  for (const segment of [namespace, name]) {
    if (segment === '.' || segment === '..' || segment?.includes('%')) {
      throw badRequest(
        `invalid name or namespace in the path: ${JSON.stringify(segment)}`,
      );
    }
  }
  info.resource = { group, version, plural, subresource, namespace, name };
  info.verb = VERBS[method] ?? '';
  if (name === undefined && info.verb === 'get') {
    info.verb = isTrue(query, 'watch') ? 'watch' : 'list';
    info.resource.name = namedByFieldSelector(query);
  }
  if (name === undefined && info.verb === 'delete') {
    info.verb = 'deletecollection';
  }
  return info;
}

export function isTrue(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== 'false' && value !== '0';
}

/** Returns the name in a field selector: a list or watch of one object is authorized like that object. */
function namedByFieldSelector(query: URLSearchParams): string | undefined {
  const match = /(?:^|,)metadata\.name==?([^,=!]+)/.exec(
    query.get('fieldSelector') ?? '',
  );
  return match?.[1];
}
