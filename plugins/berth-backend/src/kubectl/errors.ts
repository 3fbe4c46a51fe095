import { AuthenticationError, NotAllowedError } from '@backstage/errors';

const LOGIN = 'Run: kubectl berth login';

/*
 * Backstage's error handler sends the further properties of an error. `signIn` shows kubectl-berth that only a new
 * sign-in helps; `setUp`, that the kubeconfig is out of date.
 */

/** The sign-in of a known device is over. */
export function signInAgain(message: string): NotAllowedError {
  return Object.assign(new NotAllowedError(`${message}. ${LOGIN}`), {
    signIn: true,
  });
}

/** The same answer for a device that does not exist and for a wrong signature. */
export function unknownDevice(): AuthenticationError {
  return Object.assign(
    new AuthenticationError(
      `This computer is not signed in, or the assertion is not signed by its key. ${LOGIN}`,
    ),
    { signIn: true },
  );
}
