import { InputError } from '@backstage/errors';
import { isDnsLabel, isDnsSubdomain } from '@berth/plugin-berth-common';
import { podPath } from './channels';
import { PodSubresource } from './types';

const TUNNEL_URL =
  /^\/api\/berth\/clusters\/([a-z0-9]{1,63})\/proxy\/api\/v1\/namespaces\/([a-z0-9-]+)\/pods\/([a-z0-9.-]+)\/(exec|attach|portforward)(?:\?(.*))?$/;
const STREAMS = ['stdin', 'stdout', 'stderr', 'tty'];
const MAX_QUERY = 8 * 1024;

/** A request of `kubectl exec`, `attach` or `port-forward` through the proxy. */
export interface TunnelUrl {
  cluster: string;
  namespace: string;
  pod: string;
  subresource: PodSubresource;
  container?: string;
  /** The path below the API server's address. */
  path: string;
  /** Written from what is known. */
  query: URLSearchParams;
}

/** Returns whether a URL is one of `kubectl exec`, `attach` or `port-forward` through the proxy. */
export function isTunnelUrl(url: string): boolean {
  return TUNNEL_URL.test(url);
}

/** @throws InputError naming the part and the rule */
export function readTunnelUrl(url: string): TunnelUrl {
  const [, cluster, namespace, pod, word, raw = ''] =
    TUNNEL_URL.exec(url) ?? [];
  if (!isDnsLabel(namespace ?? '') || !isDnsSubdomain(pod ?? '')) {
    throw new InputError('The path must name a namespace and a pod');
  }
  if (raw.length > MAX_QUERY) {
    throw new InputError(
      `The query of the URL must be at most ${MAX_QUERY} characters long`,
    );
  }
  const subresource = word as PodSubresource;
  const query = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(raw)) {
    if (!isPassedOn(subresource, name, value)) {
      throw new InputError(
        `The portal does not pass on this value of the parameter ${JSON.stringify(
          name.slice(0, 40),
        )}`,
      );
    }
    if (name === 'command') {
      query.append(name, value);
    } else {
      query.set(name, value);
    }
  }
  const container = query.get('container') ?? undefined;
  const path = podPath({ namespace, pod }, subresource);
  return { cluster, namespace, pod, subresource, container, path, query };
}

/** kubectl names the ports inside the connection, so that `portforward` has no parameters. */
function isPassedOn(
  subresource: PodSubresource,
  name: string,
  value: string,
): boolean {
  if (subresource === 'portforward') {
    return false;
  }
  return (
    (name === 'command' && subresource === 'exec') ||
    (STREAMS.includes(name) && /^(true|false)$/.test(value)) ||
    (name === 'container' && isDnsLabel(value))
  );
}
