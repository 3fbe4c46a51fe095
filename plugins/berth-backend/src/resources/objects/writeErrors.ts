import { ConflictError } from '@backstage/errors';
import { isKubeError, KubeError } from '../../kube';
import { JsonRecord, textAt } from './json';
import { isSecret } from './secrets';

/** Failures in words of Berth, if the cluster gave no answer. */
const OF_BERTH: ReadonlySet<string> = new Set(['DNS', 'TCP', 'TLS', 'Timeout']);

/** How RBAC refuses. Admission plugins and policies have other words, which may repeat the object. */
const BY_RBAC =
  /^\S+ accepts the token, but its rights do not suffice \(403\): secrets( "[\w.:-]*")? is forbidden: User "[^"]*" cannot [a-z]+ resource "secrets" in API group ""( in the namespace "[\w-]*"| at the cluster scope)?/;

const FIELD_MANAGER_CONFLICT = 'FieldManagerConflict';

/** Reads the fields that other managers own. The API names the manager only in words. */
export function managerConflictsOf(
  error: KubeError,
): { field: string; manager: string }[] {
  return error.causes
    .filter(({ reason }) => reason === FIELD_MANAGER_CONFLICT)
    .map(({ field, message }) => ({
      field: field.replace(/^\./, ''),
      manager: /^conflict with "([^"]*)"/.exec(message)?.[1] ?? '',
    }));
}

/**
 * Replaces an error about a write of a Secret by one without the text of the cluster. API servers, webhooks and
 * policies repeat the values, and parts of them, that they do not accept. Only what RBAC refuses, and the fields and
 * managers of a conflict, are shown.
 */
export function withoutSecretValues(error: unknown): unknown {
  if (!isKubeError(error)) {
    return error;
  }
  const { status, failure, retryAfterSeconds } = error;
  if (status === undefined && OF_BERTH.has(failure)) {
    return error;
  }
  const details = { status, retryAfterSeconds };
  const [refusal] = BY_RBAC.exec(error.message) ?? [];
  if (failure === 'Forbidden' && refusal !== undefined) {
    return new KubeError(failure, refusal, details);
  }
  const conflicts = failure === 'Conflict' ? managerConflictsOf(error) : [];
  if (conflicts.length > 0) {
    return new KubeError(
      failure,
      `Other managers own fields of the Secret: ${conflicts
        .map(({ field, manager }) => `${field} (${manager})`)
        .join(', ')}`,
      {
        ...details,
        causes: conflicts.map(({ field, manager }) => ({
          reason: FIELD_MANAGER_CONFLICT,
          field,
          message: `conflict with "${manager}"`,
        })),
      },
    );
  }
  const answer = [status, failure].filter(part => part !== undefined);
  return new KubeError(
    failure,
    `The cluster refuses the Secret (${answer.join(
      ' ',
    )}). Its message is not shown, because it may contain a value`,
    details,
  );
}

/** Converts an error about a write of an object to what a person may read. */
export function writeError(error: unknown, live: JsonRecord): unknown {
  const named = uidError(error, {
    kind: textAt(live, 'kind') ?? '',
    name: textAt(live, 'metadata', 'name') ?? '',
  });
  return isSecret(live) ? withoutSecretValues(named) : named;
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
