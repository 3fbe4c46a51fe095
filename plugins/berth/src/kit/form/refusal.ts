import { FieldProblem } from '@berth/plugin-berth-common';
import { fieldProblemsOf, problemOf } from '../format';

/** A refused request, with its problems by form field. */
export interface Refusal {
  fields: Record<string, string>;
  /** The whole error, if a problem has no field. */
  rest?: unknown;
}

/** The refusal of no request. */
export const NO_REFUSAL: Refusal = { fields: {} };

/**
 * Assigns the problems of a failed request to the fields of a form.
 *
 * @param fields - paths of the fields
 * @param aliases - fields for paths of the API that the form does not have
 */
export function errorFromApi(
  error: unknown,
  fields: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): Refusal {
  const problems = problemsOf(error).map(({ path, message }) => ({
    field: fieldAt(path, fields, aliases),
    message,
  }));
  const isComplete =
    problems.length > 0 && problems.every(({ field }) => field !== undefined);
  return {
    fields: messagesByField(problems),
    ...(!isComplete && { rest: error }),
  };
}

/** Returns the messages of problems by field, without problems that have no field. */
export function messagesAt(
  problems: readonly FieldProblem[],
  fields: readonly string[],
  aliases?: Readonly<Record<string, string>>,
): Record<string, string> {
  return messagesByField(
    problems.map(({ path, message }) => ({
      field: fieldAt(path, fields, aliases),
      message,
    })),
  );
}

function messagesByField(
  problems: { field?: string; message: string }[],
): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const { field, message } of problems) {
    if (field !== undefined) {
      messages[field] = messages[field]
        ? `${messages[field]}; ${message}`
        : message;
    }
  }
  return messages;
}

/** Returns the form field for a path of the API: the most specific one that contains the path. */
function fieldAt(
  path: FieldProblem['path'],
  fields: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): string | undefined {
  const dotted = path.join('.');
  const known = [...fields, ...Object.keys(aliases)]
    .filter(name => dotted === name || dotted.startsWith(`${name}.`))
    .sort((one, other) => other.length - one.length)[0];
  return known === undefined ? undefined : aliases[known] ?? known;
}

/** Returns the field problems of an error. Only invalid requests and conflicts have any. */
function problemsOf(error: unknown): FieldProblem[] {
  const { kind } = problemOf(error);
  return kind === 'invalid' || kind === 'conflict'
    ? fieldProblemsOf(error)
    : [];
}
