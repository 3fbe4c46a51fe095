import { problemOf, ProblemKind } from './problem';

/** What the server refused of a form: at the fields that it names, and whatever it said besides. */
export interface ServerErrors<Field extends string> {
  fields: Partial<Record<Field, string>>;
  /** Set where something was said that belongs to no field. */
  rest?: unknown;
}

/** Nothing was refused. */
export const NO_ERRORS: ServerErrors<never> = { fields: {} };

/**
 * Sorts a refusal by field. The server says all problems in one message, parted by semicolons, each
 * beginning with the field that it is about.
 *
 * @param fieldNamedBy - the field that a problem begins with, if any
 * @param kinds - the kinds of refusals that may be about a field; all others belong to none
 */
export function sortByField<Field extends string>(
  error: unknown,
  fieldNamedBy: (problem: string) => Field | undefined,
  kinds: readonly ProblemKind[] = ['invalid'],
): ServerErrors<Field> {
  const { kind, message } = problemOf(error);
  if (!kinds.includes(kind)) {
    return { fields: {}, rest: error };
  }
  const fields: ServerErrors<Field>['fields'] = {};
  let current: Field | undefined;
  for (const part of message.split('; ')) {
    current = fieldNamedBy(part) ?? current;
    if (!current) {
      return { fields: {}, rest: error };
    }
    fields[current] = fields[current] ? `${fields[current]}; ${part}` : part;
  }
  return { fields };
}

/** What is left of a refusal once some fields have been changed. */
export function withoutChanged<Field extends string>(
  { fields }: ServerErrors<Field>,
  changes: object,
): ServerErrors<Field> {
  const left = Object.entries(fields).filter(([field]) => !(field in changes));
  return { fields: Object.fromEntries(left) as typeof fields };
}
