import { FieldProblem } from '@berth/plugin-berth-common';
import { fieldProblemsOf, problemOf } from '../format';

/** A refused request, sorted by the fields of the form. */
export interface Refusal {
  fields: Record<string, string>;
  /** The error as a whole, where a problem has no field. */
  rest?: unknown;
}

/** Nothing is refused. */
export const NO_REFUSAL: Refusal = { fields: {} };

/**
 * Sorts a failed request by the fields of a form.
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

/** The messages of problems at their fields; those without a field are left out. */
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

/** The field of the form that shows a path of the API: the most exact one that contains it. */
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

/** Only a wrong request and a conflict can be about a field. */
function problemsOf(error: unknown): FieldProblem[] {
  const { kind } = problemOf(error);
  return kind === 'invalid' || kind === 'conflict'
    ? fieldProblemsOf(error)
    : [];
}
