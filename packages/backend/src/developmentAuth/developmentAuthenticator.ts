import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { assertOwnHost } from './assertOwnHost';

/**
 * The header that names the user to sign in as. Browsers send a custom header to another origin only after
 * a CORS preflight, so no other site can sign in through a visitor's browser.
 */
export const DEVELOPMENT_USER_HEADER = 'x-berth-development-user';

/** Signs in as the user that the header names, without any proof. */
export function createDevelopmentAuthenticator(config: Config) {
  const { hostname } = new URL(config.getString('backend.baseUrl'));
  return createProxyAuthenticator({
    defaultProfileTransform: async () => ({ profile: {} }),
    initialize: () => undefined,
    async authenticate({ req }) {
      assertOwnHost(req.headers.host, hostname);
      const userRef = req.header(DEVELOPMENT_USER_HEADER);
      if (!userRef) {
        throw new AuthenticationError(
          `Development sign-in needs the header ${DEVELOPMENT_USER_HEADER}, such as user:default/ada`,
        );
      }
      return { result: { userRef: readUserRef(userRef) } };
    },
  });
}

function readUserRef(value: string): string {
  let ref;
  try {
    ref = parseEntityRef(value);
  } catch (error) {
    throw new InputError(
      `${JSON.stringify(
        value,
      )} in ${DEVELOPMENT_USER_HEADER} is not an entity reference`,
      error,
    );
  }
  if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
    throw new InputError(
      `${JSON.stringify(value)} in ${DEVELOPMENT_USER_HEADER} is not a user`,
    );
  }
  return stringifyEntityRef(ref);
}
