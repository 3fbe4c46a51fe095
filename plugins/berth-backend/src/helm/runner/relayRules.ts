import { NotAllowedError } from '@backstage/errors';
import { ProxyRequest } from '../../proxy/types';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { AllowedObject, HelmMode } from './types';

/** What one run may do. */
export interface RelayScope {
  mode: HelmMode;
  namespace: string;
  /** The objects outside the namespace that the run may write. */
  allowed: readonly AllowedObject[];
}

/** What a request does: a dry run changes nothing on the cluster. */
export type RelayEffect = 'read' | 'dryRun' | 'write';

/** helm needs no others. Those for containers and credentials are refused by the rules of the proxy, too. */
const SUBRESOURCES: ReadonlySet<string> = new Set(['log', 'scale', 'status']);

/**
 * Decides whether the relay passes a request of helm on.
 *
 * @param request - what the rules of the proxy allow
 * @param bodyName - the name in the body of a request that creates an object
 * @throws NotAllowedError with the rule
 */
export function judgeRelayed(
  request: ProxyRequest,
  scope: RelayScope,
  bodyName?: string,
): RelayEffect {
  const { path } = request;
  if (
    path.kind === 'resource' &&
    path.subresource !== undefined &&
    !SUBRESOURCES.has(path.subresource)
  ) {
    throw new NotAllowedError(
      `The portal does not pass ${quoteUntrusted(
        path.subresource,
      )} requests of helm on`,
    );
  }
  if (request.permission === 'read' || path.kind === 'document') {
    return 'read';
  }
  if (isDryRun(request)) {
    return 'dryRun';
  }
  if (scope.mode === 'preview') {
    throw new NotAllowedError(
      `A preview writes nothing, so the portal does not pass on: ${describeRequest(
        request,
        bodyName,
      )}`,
    );
  }
  const { group, resource, namespace } = path;
  const name = path.name ?? bodyName;
  const named = scope.allowed.some(
    object =>
      object.group === group &&
      object.resource === resource &&
      object.namespace === namespace &&
      object.name === name,
  );
  if (namespace !== scope.namespace && !named) {
    throw new NotAllowedError(
      `The preview did not show this write outside ${
        scope.namespace
      }, so the portal does not pass on: ${describeRequest(request, bodyName)}`,
    );
  }
  return 'write';
}

/** Describes a request in the form `patch deployments.apps/web in shop`. */
export function describeRequest(
  { path, verb }: Pick<ProxyRequest, 'path' | 'verb'>,
  bodyName?: string,
): string {
  if (path.kind === 'document') {
    return `${verb} /${path.segments.join('/')}`;
  }
  const name = path.name ?? bodyName;
  return [
    verb,
    ` ${path.resource}`,
    path.group && `.${path.group}`,
    name === undefined ? '' : `/${name}`,
    path.subresource === undefined ? '' : ` (${path.subresource})`,
    path.namespace === undefined ? '' : ` in ${path.namespace}`,
  ].join('');
}

/**
 * A deletion is never a dry run here: its options may be in the body, and an API server then ignores the query.
 */
function isDryRun({ method, query }: ProxyRequest): boolean {
  return method !== 'DELETE' && query.dryRun === 'All';
}
