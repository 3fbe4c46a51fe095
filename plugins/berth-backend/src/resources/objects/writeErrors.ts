import { ConflictError } from '@backstage/errors';
import { isKubeError, KubeError } from '../../kube';
import { JsonRecord } from './json';
import { valuesOf } from './secrets';

/** Failures whose message is in words of the API server about the access, and not about the content. */
const ABOUT_ACCESS: ReadonlySet<string> = new Set([
  'DNS',
  'NotFound',
  'TCP',
  'TLS',
  'Timeout',
  'TooManyRequests',
  'Unauthorized',
]);

/**
 * Takes what may be a value of a Secret out of an error. API servers repeat the values, and parts of them, that they
 * do not accept.
 *
 * @param sent - the Secret as it was sent
 */
export function withoutSecretValues(error: unknown, sent: JsonRecord): unknown {
  if (!isKubeError(error) || ABOUT_ACCESS.has(error.failure)) {
    return error;
  }
  const { status, reason, failure } = error;
  if (
    (failure === 'Forbidden' || failure === 'Conflict') &&
    !valuesOf(sent).some(
      ({ value, text }) =>
        (value !== '' && error.message.includes(value)) ||
        (text !== '' && error.message.includes(text)),
    )
  ) {
    return error;
  }
  const causes = error.causes.map(({ field, ...cause }) => ({
    ...cause,
    field,
    message: '',
  }));
  const fields = causes
    .filter(({ field }) => field !== '')
    .map(cause => `${cause.field} (${cause.reason})`);
  return new KubeError(
    failure,
    `The cluster refuses the Secret (${[status, reason]
      .filter(part => part !== undefined)
      .join(' ')})${
      fields.length > 0 ? `: ${fields.join(', ')}` : ''
    }. Its message is not shown, because it may contain a value`,
    { status, reason, causes },
  );
}

/** Converts the answers of API servers to the UID of another object to one error in words. */
export function uidError(
  error: unknown,
  { kind, name }: { kind: string; name: string },
): unknown {
  return isKubeError(error) &&
    (error.failure === 'Conflict' || error.failure === 'Invalid') &&
    (/UID in (the )?precondition/i.test(error.message) ||
      /metadata[./]uid/.test(error.message) ||
      error.causes.some(({ field }) => field === 'metadata.uid'))
    ? otherObject(kind, name)
    : error;
}

/** The object with the name is not the one that the person saw. */
export function otherObject(kind: string, name: string): ConflictError {
  return new ConflictError(
    `Another ${kind} has the name ${name} now: the one that you saw was deleted. Load the page again`,
  );
}
