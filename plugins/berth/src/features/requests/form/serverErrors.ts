import { ServerErrors, sortByField } from '../../../kit/format';
import { RequestField } from './requestForm';

const FIELDS = new Map<string, RequestField>([
  ['cluster', 'cluster'],
  ['namespace', 'namespace'],
  ['group', 'group'],
  ['system', 'system'],
  ['role', 'role'],
  ['quota', 'quota'],
  ['sizeClass', 'quota'],
  ['hard', 'quota'],
  ['limits', 'quota'],
  ['priorityClasses', 'quota'],
  ['purpose', 'purpose'],
  ['expiresAt', 'expiresAt'],
]);

/** Sorts a refusal by field. */
export function serverErrorsOf(error: unknown): ServerErrors<RequestField> {
  return sortByField(error, fieldNamedBy);
}

/** The message begins with a path, such as `quota["hard"]["pods"] "x" must be …`. */
function fieldNamedBy(message: string): RequestField | undefined {
  return FIELDS.get(/^\w+/.exec(message)?.[0] ?? '');
}
