import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Where the issuer's documents are mounted; the path of the default issuer. */
export const ISSUER_PATH = '/api/oidc';

export interface IssuerUrlOptions {
  /** In production only https will do. */
  production: boolean;
}

/**
 * Checks an issuer identifier: an https URL without query, fragment or userinfo, and without a trailing
 * slash, as API servers append `/.well-known/openid-configuration` to it.
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
  return text;
}

function refused(value: string, rule: string): InputError {
  return new InputError(
    `berth.issuer is ${JSON.stringify(
      value,
    )}, but it ${rule}. It comes from backend.baseUrl unless it is set`,
  );
}

/** The issuer: `berth.issuer`, or what follows from `backend.baseUrl`. */
export function readIssuerUrl(
  config: Config,
  options: IssuerUrlOptions,
): string {
  const issuer =
    config.getOptionalString('berth.issuer') ??
    `${config.getString('backend.baseUrl')}${ISSUER_PATH}`;
  return parseIssuerUrl(issuer, options);
}
