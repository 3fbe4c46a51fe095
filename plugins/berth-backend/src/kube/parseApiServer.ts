import { AddressPolicy } from '@berth/plugin-berth-node';
import { InputError } from '@backstage/errors';
import { isIP } from 'node:net';

const MAX_LENGTH = 2048;

/**
 * Checks the address of an API server that a person typed. Names are resolved and checked again at each connect.
 * This function checks only the text.
 *
 * @param typed - `https://host[:port]`, optionally with a clean path such as `/k8s/clusters/c-1`
 * @returns the normalised URL without a trailing slash
 * @throws InputError naming the field `apiServer`, the value and the rule
 */
export function parseApiServer(typed: string, policy: AddressPolicy): string {
  const text = typed.trim();
  const refuse = (rule: string): never => {
    throw new InputError(`apiServer ${shown(text)} ${rule}`);
  };

  if (text.length > MAX_LENGTH) {
    refuse(`is longer than ${MAX_LENGTH} characters`);
  }
  if (!/^https:\/\//i.test(text)) {
    refuse('must begin with https://');
  }
  const [, authority, rest] = /^https:\/\/([^/?#\\]*)(.*)$/is.exec(text) ?? [];
  if (authority.includes('@')) {
    refuse('must not hold a user name or password');
  }
  if (/[?#]/.test(rest)) {
    refuse('must not have a query or fragment');
  }
  if (!/^(\/[A-Za-z0-9._~-]+)*\/?$/.test(rest)) {
    refuse(
      'may only have a path of letters, digits and . _ ~ - between slashes',
    );
  }
  if (rest.split('/').some(segment => /^\.{1,2}$/.test(segment))) {
    refuse('must not have . or .. in its path');
  }
  const host = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.exec(
    authority,
  )?.[1];
  if (!host || !URL.canParse(text)) {
    return refuse(
      'must name a host (letters, digits, dots and hyphens; or an IP address) and at most a port',
    );
  }

  const url = new URL(text);
  const address = url.hostname.replace(/^\[|\]$/g, '');
  if (!host.startsWith('[') && host.toLowerCase() !== url.hostname) {
    // URL parsers read 2130706433, 0x7f.1 and 0177.0.0.1 as 127.0.0.1.
    refuse(`must write its IP address in the usual form, ${url.hostname}`);
  }
  const refusal = isIP(address)
    ? policy.refusal(address)
    : localhostRefusal(address, policy);
  if (refusal) {
    refuse(`is refused: ${refusal}`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** `localhost` is loopback by definition (RFC 6761), so no connection is needed to refuse it. */
function localhostRefusal(
  host: string,
  policy: AddressPolicy,
): string | undefined {
  if (!/(^|\.)localhost\.?$/.test(host)) {
    return undefined;
  }
  const refusals = ['127.0.0.1', '::1'].map(one => policy.refusal(one));
  return refusals.includes(undefined) ? undefined : refusals[0];
}

/** Returns the value for the message, without possible passwords and tokens. */
function shown(text: string): string {
  return JSON.stringify(
    text
      .replace(/\/\/.*@/s, '//…@')
      .replace(/[?#].*$/s, '?…')
      .slice(0, 200),
  );
}
