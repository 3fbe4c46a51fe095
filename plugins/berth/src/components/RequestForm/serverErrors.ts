import { problemOf } from '../../format';
import { RequestField } from './requestForm';

/** What the server refused: at the fields that it names, and whatever it said besides. */
export interface ServerErrors {
  fields: Partial<Record<RequestField, string>>;
  /** Set where something was said that belongs to no field. */
  rest?: unknown;
}

const FIELDS = new Map<string, RequestField>([
  ['cluster', 'cluster'],
  ['namespace', 'namespace'],
  ['group', 'group'],
  ['role', 'role'],
  ['quota', 'quota'],
  ['sizeClass', 'quota'],
  ['hard', 'quota'],
  ['limits', 'quota'],
  ['priorityClasses', 'quota'],
  ['purpose', 'purpose'],
  ['expiresAt', 'expiresAt'],
]);

/**
 * Sorts a refusal by field. The server says all problems in one message, parted by semicolons, each
 * beginning with the field that it is about.
 */
export function serverErrorsOf(error: unknown): ServerErrors {
  const { kind, message } = problemOf(error);
  if (kind !== 'invalid') {
    return { fields: {}, rest: error };
  }
  const fields: ServerErrors['fields'] = {};
  let current: RequestField | undefined;
  for (const part of message.split('; ')) {
    current = fieldNamedBy(part) ?? current;
    if (!current) {
      return { fields: {}, rest: error };
    }
    fields[current] = fields[current] ? `${fields[current]}; ${part}` : part;
  }
  return { fields };
}

/** The message begins with a path, such as `quota["hard"]["pods"] "x" must be …`. */
function fieldNamedBy(message: string): RequestField | undefined {
  return FIELDS.get(/^\w+/.exec(message)?.[0] ?? '');
}
