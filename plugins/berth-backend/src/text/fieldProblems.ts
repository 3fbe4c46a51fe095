import { InputError } from '@backstage/errors';
import { FieldProblem } from '@berth/plugin-berth-common';

/** An error whose answer lists the fields that it is about: Backstage's error handler sends `problems`, too. */
export type FieldError<E extends Error> = E & { problems: FieldProblem[] };

/**
 * Adds to an error the field of the request that it is about.
 *
 * @param error - its message names the field, its value and the rule
 * @param path - where the field is in the request, such as `quota`, `hard`, `pods`
 */
export function atField<E extends Error>(
  error: E,
  ...path: FieldProblem['path']
): FieldError<E> {
  return Object.assign(error, { problems: [{ path, message: error.message }] });
}

/** All problems of a request as one error. */
export function problemsError(
  problems: FieldProblem[],
): FieldError<InputError> {
  const messages = new Set(problems.map(({ message }) => message));
  return Object.assign(new InputError([...messages].join('; ')), { problems });
}

/** The problems that an error lists by field, if it does. */
export function fieldProblemsOf(error: Error): FieldProblem[] {
  return (error as Partial<FieldError<Error>>).problems ?? [];
}
