import { InputError } from '@backstage/errors';
import { isDnsLabel, isDnsSubdomain } from '@berth/plugin-berth-common';
import { execPath } from './channels';

const EXEC_URL =
  /^\/api\/berth\/clusters\/([a-z0-9]{1,63})\/proxy\/api\/v1\/namespaces\/([a-z0-9-]+)\/pods\/([a-z0-9.-]+)\/exec\?(.*)$/;
const SWITCHES = ['stdin', 'stdout', 'stderr', 'tty'];
const MAX_QUERY = 8 * 1024;

/** A request of `kubectl exec` through the proxy. */
export interface ExecUrl {
  cluster: string;
  namespace: string;
  pod: string;
  container?: string;
  /** The path below the API server's address. */
  path: string;
  /** Written from what is known. */
  query: URLSearchParams;
}

/** Returns whether a URL is one of `kubectl exec` through the proxy. */
export function isExecUrl(url: string): boolean {
  return EXEC_URL.test(url);
}

/** @throws InputError naming the part and the rule */
export function readExecUrl(url: string): ExecUrl {
  const [, cluster, namespace, pod, raw] = EXEC_URL.exec(url) ?? [];
  if (!isDnsLabel(namespace ?? '') || !isDnsSubdomain(pod ?? '')) {
    throw new InputError('The path must name a namespace and a pod');
  }
  if (raw.length > MAX_QUERY) {
    throw new InputError(
      `The query of the URL must be at most ${MAX_QUERY} characters long`,
    );
  }
  const asked = new URLSearchParams(raw);
  const query = new URLSearchParams();
  for (const [name, value] of asked) {
    if (name === 'command') {
      query.append(name, value);
    } else if (SWITCHES.includes(name) && /^(true|false)$/.test(value)) {
      query.set(name, value);
    } else if (name === 'container' && isDnsLabel(value)) {
      query.set(name, value);
    } else {
      throw new InputError(
        `The portal does not pass on this value of the parameter ${JSON.stringify(
          name.slice(0, 40),
        )}`,
      );
    }
  }
  const container = query.get('container') ?? undefined;
  const path = execPath({ namespace, pod });
  return { cluster, namespace, pod, container, path, query };
}
