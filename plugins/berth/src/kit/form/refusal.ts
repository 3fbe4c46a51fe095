import { isResponseError } from '../format';

/** A problem that the server reports about one part of a request. */
interface FieldProblem {
  /** Where in the body, such as `ingress.tlsSecret`; empty for the body as a whole. */
  path: string;
  message: string;
}

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
export function refusalOf(
  error: unknown,
  fields: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): Refusal {
  const fieldOf = (path: string) => fieldAt(path, fields, aliases);
  const problems = problemsOf(error, fieldOf).map(({ path, message }) => ({
    field: fieldOf(path),
    message,
  }));
  const isComplete =
    problems.length > 0 && problems.every(({ field }) => field !== undefined);
  return {
    fields: messagesByField(problems),
    ...(!isComplete && { rest: error }),
  };
}

/**
 * The messages of problems at their fields; those without a field are left out. Until the server reports
 * exact paths, a message begins with one.
 */
export function messagesAt(
  problems: readonly { field: string; message: string }[],
  fields: readonly string[],
  aliases?: Readonly<Record<string, string>>,
): Record<string, string> {
  return messagesByField(
    problems.map(({ field, message }) => ({
      field: fieldAt(pathIn(message) || field, fields, aliases),
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

/**
 * The field of the form that shows a path of the API: the most exact one that contains it.
 *
 * @param path - such as `ingress.tlsSecret` or `nodePlacement["tolerations"][0]["key"]`
 */
function fieldAt(
  path: string,
  fields: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): string | undefined {
  const dotted = path.replace(/\["?([^\]"]*)"?\]/g, '.$1');
  const known = [...fields, ...Object.keys(aliases)]
    .filter(name => dotted === name || dotted.startsWith(`${name}.`))
    .sort((one, other) => other.length - one.length)[0];
  return known === undefined ? undefined : aliases[known] ?? known;
}

type FieldOf = (path: string) => string | undefined;

function problemsOf(error: unknown, fieldOf: FieldOf): FieldProblem[] {
  if (!isResponseError(error)) {
    return [];
  }
  const { body, statusCode } = error;
  return statusCode === 400 || statusCode === 409
    ? problemsInProse(String(body?.error?.message ?? ''), fieldOf)
    : [];
}

/* Until the server sends `problems`: each sentence that is about a field begins with its path. */
function problemsInProse(message: string, fieldOf: FieldOf): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const part of message.split('; ')) {
    const path = pathIn(part);
    const last = problems.at(-1);
    if (last && fieldOf(path) === undefined) {
      last.message += `; ${part}`;
    } else {
      problems.push({ path, message: part });
    }
  }
  return problems;
}

function pathIn(message: string): string {
  return /^\w+(\[[^\]]*\])*(?= )/.exec(message)?.[0] ?? '';
}
