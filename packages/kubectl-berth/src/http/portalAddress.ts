import { Problem } from '../Problem';

const MAX_LENGTH = 200;

/**
 * Returns the address of a portal in the form that names its folder: an origin and a path without a slash at the
 * end.
 *
 * @throws Problem for anything else than https, but for http on this computer
 */
export function portalAddress(text: string): string {
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (!url || !url.hostname || text.length > MAX_LENGTH) {
    throw new Problem(
      `${JSON.stringify(
        text.slice(0, MAX_LENGTH),
      )} is not the address of a portal. An address looks like https://portal.example.com`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Problem(
      `The address of the portal must not have a user name, a password, a query or a fragment: ${url.origin}${url.pathname}`,
    );
  }
  if (
    url.protocol !== 'https:' &&
    !(url.protocol === 'http:' && isLoopback(url))
  ) {
    throw new Problem(
      `The address of the portal must begin with https://, but is ${url.origin}`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
