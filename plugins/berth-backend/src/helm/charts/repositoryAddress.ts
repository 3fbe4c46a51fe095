import { RepositorySettings } from './types';

const OCI = 'oci://';
const LOOPBACK: ReadonlySet<string> = new Set([
  'localhost',
  '127.0.0.1',
  '[::1]',
]);
/** A repository of a registry, as the OCI distribution specification has it. */
const OCI_PATH = /^\/([a-z0-9]+([._-]+[a-z0-9]+)*\/)*$/;

/** Returns whether the charts of a repository are in an OCI registry. */
export function isOci({ url }: Pick<RepositorySettings, 'url'>): boolean {
  return url.startsWith(OCI);
}

export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

/**
 * Checks the address of a repository, and writes it in one form, with a slash at its end.
 *
 * @returns undefined for an address that breaks a rule
 */
export function parseRepositoryAddress(
  typed: string,
  httpOnLoopback: boolean,
): string | undefined {
  const isRegistry = typed.startsWith(OCI);
  const address = isRegistry ? `https://${typed.slice(OCI.length)}` : typed;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (
    !url ||
    !['https:', ...(httpOnLoopback ? ['http:'] : [])].includes(url.protocol) ||
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    return undefined;
  }
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  if (!isRegistry) {
    return `${url.origin}${path}`;
  }
  return OCI_PATH.test(path) ? `${OCI}${url.host}${path}` : undefined;
}

/** Returns the address under which a registry has a chart, such as `https://registry.example.com/v2/charts/web/`. */
export function registryAddressOf(
  { url }: Pick<RepositorySettings, 'url'>,
  chart: string,
  httpOnLoopback: boolean,
): URL {
  const address = httpAddressOf(url, httpOnLoopback);
  return new URL(`/v2${address.pathname}${chart}/`, address);
}

/** Returns the origin that the credential of a repository goes to. */
export function originOf(
  { url }: Pick<RepositorySettings, 'url'>,
  httpOnLoopback: boolean,
): string {
  return httpAddressOf(url, httpOnLoopback).origin;
}

function httpAddressOf(url: string, httpOnLoopback: boolean): URL {
  if (!url.startsWith(OCI)) {
    return new URL(url);
  }
  const address = new URL(`https://${url.slice(OCI.length)}`);
  if (!httpOnLoopback || !isLoopback(address)) {
    return address;
  }
  return new URL(`http://${url.slice(OCI.length)}`);
}
