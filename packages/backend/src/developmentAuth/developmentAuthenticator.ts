import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/**
 * The header that says who to be. A header of our own makes browsers ask first (CORS preflight), so no
 * other site can sign in through a visitor's browser.
 */
export const DEVELOPMENT_USER_HEADER = 'x-berth-development-user';

/** Believes the header. */
export const developmentAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: () => undefined,
  async authenticate({ req }) {
    const userRef = req.header(DEVELOPMENT_USER_HEADER);
    if (!userRef) {
      throw new AuthenticationError(
        `Development sign-in needs the header ${DEVELOPMENT_USER_HEADER}, such as user:default/ada`,
      );
    }
    return { result: { userRef: readUserRef(userRef) } };
  },
});

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
