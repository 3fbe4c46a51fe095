import { NotAllowedError } from '@backstage/errors';
import { isIPv4 } from 'node:net';

/**
 * Refuses requests for another host than this backend. A foreign page whose name resolves to this machine (DNS
 * rebinding) is same-origin to the browser, so neither CORS nor a custom header stops it. But its requests
 * carry its own name as `Host`.
 *
 * @param host - the header `Host`
 * @param ownHostname - the host name of `backend.baseUrl`
 * @throws NotAllowedError naming the host
 */
export function assertOwnHost(
  host: string | undefined,
  ownHostname: string,
): void {
  const hostname = hostnameOf(host);
  if (
    hostname === undefined ||
    (hostname !== ownHostname && !isLoopback(hostname))
  ) {
    throw new NotAllowedError(
      `Development sign-in answers only on ${ownHostname} and loopback addresses, but the request was for the host ${JSON.stringify(
        host ?? '',
      )}. Open the portal at the address in app.baseUrl`,
    );
  }
}

function hostnameOf(host: string | undefined): string | undefined {
  // The header contains only a host and a port. With any of these characters, the URL would have another host
  // than the header.
  if (!host || /[\s/\\?#@]/.test(host) || !URL.canParse(`http://${host}`)) {
    return undefined;
  }
  return new URL(`http://${host}`).hostname;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    (isIPv4(hostname) && hostname.startsWith('127.'))
  );
}
