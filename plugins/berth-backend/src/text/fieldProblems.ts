import { InputError } from '@backstage/errors';
import { FieldProblem } from '@berth/plugin-berth-common';

/** An error about fields of the request. Backstage's error handler also sends `problems`. */
export type FieldError<E extends Error> = E & { problems: FieldProblem[] };

/**
 * Adds the field of the request to an error about that field.
 *
 * @param error - its message names the field, its value and the rule
 * @param path - the path of the field in the request, such as `quota`, `hard`, `pods`
 */
export function atField<E extends Error>(
  error: E,
  ...path: FieldProblem['path']
): FieldError<E> {
  return Object.assign(error, { problems: [{ path, message: error.message }] });
}

/** Combines all problems of a request into one error. */
export function problemsError(
  problems: FieldProblem[],
): FieldError<InputError> {
  return fieldsError(InputError, problems);
}

/** Combines problems of several fields into one error of a class. */
export function fieldsError<E extends Error>(
  Type: new (message: string) => E,
  problems: FieldProblem[],
): FieldError<E> {
  const messages = new Set(problems.map(({ message }) => message));
  return Object.assign(new Type([...messages].join('; ')), { problems });
}

/** Returns the problems that an error lists by field, if any. */
export function fieldProblemsOf(error: Error): FieldProblem[] {
  return (error as Partial<FieldError<Error>>).problems ?? [];
}
