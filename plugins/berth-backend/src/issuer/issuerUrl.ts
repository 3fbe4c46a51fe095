import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The mount path of the issuer's documents, and the path of the default issuer. */
export const ISSUER_PATH = '/api/oidc';

export interface IssuerUrlOptions {
  /** Production requires https. */
  production: boolean;
}

/**
 * Checks an issuer identifier: an https URL without query, fragment or userinfo, with a path that needs no
 * normalization and has no trailing slash. API servers append `/.well-known/openid-configuration` to it and
 * compare it with `iss` byte by byte.
 *
 * @throws InputError naming the value and the rule
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IssuerIdentifier
 */
export function parseIssuerUrl(
  text: string,
  { production }: IssuerUrlOptions,
): string {
  if (!URL.canParse(text)) {
    throw refused(text, 'must be a URL');
  }
  const url = new URL(text);
  if (url.username || url.password) {
    throw refused(`${url.protocol}//…@${url.host}`, 'must not have userinfo');
  }
  if (/\s/.test(text)) {
    throw refused(text, 'must not have white space');
  }
  if (url.search || text.includes('?')) {
    throw refused(text, 'must not have a query');
  }
  if (url.hash || text.includes('#')) {
    throw refused(text, 'must not have a fragment');
  }
  if (url.protocol !== 'https:' && (production || url.protocol !== 'http:')) {
    throw refused(text, 'must be https');
  }
  if (text.endsWith('/')) {
    throw refused(text, 'must not end with a slash');
  }
  if (url.pathname.includes('//')) {
    throw refused(text, 'must not have an empty path segment ("//")');
  }
  if (pathOf(text) !== (url.pathname === '/' ? '' : url.pathname)) {
    throw refused(text, `must have its path in normal form: ${url.pathname}`);
  }
  return text;
}

/** Returns the path in its original spelling. */
function pathOf(text: string): string | undefined {
  return /^\w+:\/\/[^/\\]+(.*)$/.exec(text)?.[1];
}

function refused(value: string, rule: string): InputError {
  return new InputError(
    `berth.issuer is ${JSON.stringify(
      value,
    )}, but it ${rule}. Without berth.issuer, the issuer comes from backend.baseUrl`,
  );
}

/** Returns the issuer: `berth.issuer`, by default `/api/oidc` below `backend.baseUrl`. */
export function readIssuerUrl(
  config: Config,
  options: IssuerUrlOptions,
): string {
  const issuer =
    config.getOptionalString('berth.issuer') ??
    `${withoutEndingSlashes(
      config.getString('backend.baseUrl'),
    )}${ISSUER_PATH}`;
  return parseIssuerUrl(issuer, options);
}

/** Backstage serves the plugins below `backend.baseUrl` with or without a slash at its end. */
function withoutEndingSlashes(url: string): string {
  return url.replace(/\/+$/, '');
}
