import { isResponseError, problemOf } from '../../../kit/format';

/**
 * Why the backend did not connect a device, as far as the person has to do something else: `off` if sign-in is turned
 * off, `used` if the key was used before, `busy` if there were too many attempts. Other failures may pass.
 */
export type Refusal =
  | 'off'
  | 'used'
  | 'invalid'
  | 'forbidden'
  | 'busy'
  | 'failed';

const TOO_MANY_REQUESTS = 429;

/** Explains the failure of a confirmation. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error === undefined) {
    return undefined;
  }
  if (isResponseError(error) && error.statusCode === TOO_MANY_REQUESTS) {
    return 'busy';
  }
  switch (problemOf(error).kind) {
    case 'notFound':
      return 'off';
    case 'conflict':
      return 'used';
    case 'invalid':
      return 'invalid';
    case 'forbidden':
      return 'forbidden';
    default:
      return 'failed';
  }
}
