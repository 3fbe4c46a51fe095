import { InputError } from '@backstage/errors';
import { FieldProblem } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { redact } from '../kube';
import { problemsError } from '../text/fieldProblems';
import { quoteUntrusted } from '../text/quoteUntrusted';

/** `redact` does not cover it, because only people type it. */
const BASE64_OF_PEM = /LS0tLS1[\w+/=]*/g;

/** More do not help, and the answer and the log contain each of them. */
const MAX_PROBLEMS = 20;

/** A valid body, or its problems. */
export type CheckedBody<T> = { data: T } | { problems: FieldProblem[] };

/**
 * Validates a request body.
 *
 * @throws InputError with all problems at once, each naming the field, its value and the rule
 */
export function parseBody<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  body: unknown,
): z.output<typeof schema> {
  const checked = checkBody(schema, body);
  if ('data' in checked) {
    return checked.data;
  }
  throw problemsError(checked.problems);
}

/** Like `parseBody`, but returns the problems, by field. */
export function checkBody<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  body: unknown,
): CheckedBody<z.output<typeof schema>> {
  const result = schema.safeParse(body);
  if (result.success) {
    return { data: result.data };
  }
  const fields = Object.keys(schema.shape);
  return {
    problems: bounded(
      result.error.issues.flatMap(issue => problemsOf(issue, body, fields)),
    ),
  };
}

function bounded(problems: FieldProblem[]): FieldProblem[] {
  const more = problems.length - MAX_PROBLEMS;
  return more <= 0
    ? problems
    : [
        ...problems.slice(0, MAX_PROBLEMS),
        {
          path: [],
          message: `${more} more ${more === 1 ? 'problem' : 'problems'}`,
        },
      ];
}

/**
 * Builds a field from a parser.
 *
 * @param parse - its InputErrors name the part of the value that may be shown, and the field unless `field` is given
 * @param field - comes before the messages of the parser
 */
export function parsedBy(parse: (typed: string) => string, field?: string) {
  return z.string().transform((typed, context) => {
    try {
      return parse(typed);
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      context.addIssue({
        code: 'custom',
        message: redact(
          [field, error.message]
            .filter(part => part !== undefined)
            .join(' ')
            .replace(BASE64_OF_PEM, '[PEM]'),
        ),
        params: { sentence: true },
      });
      return z.NEVER;
    }
  });
}

/**
 * Builds a field with a secret, of which no message has the value.
 *
 * @param message - names the field and the rule
 */
export function hiddenField<Schema extends z.ZodType>(
  schema: Schema,
  message: string,
) {
  return z.unknown().transform((typed, context): z.output<Schema> => {
    const checked = schema.safeParse(typed);
    if (checked.success) {
      return checked.data;
    }
    context.addIssue({ code: 'custom', message, params: { sentence: true } });
    return z.NEVER;
  });
}

/** Builds a query parameter that may be repeated, with a parser for each value. */
export function parsedEach(
  many: z.ZodOptional<z.ZodType<string[]>>,
  parse: (typed: string) => string,
) {
  return many
    .unwrap()
    .pipe(z.array(parsedBy(parse)))
    .optional();
}

/** Replaces the schema of the items of a list, and keeps the rules of the list. */
export function withItems<Item extends z.ZodType>(
  list: z.ZodArray,
  item: Item,
): z.ZodArray<Item> {
  return new z.ZodArray({
    ...list.def,
    element: item,
  }) as z.ZodType as z.ZodArray<Item>;
}

function isSentence(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'custom' && issue.params?.sentence === true;
}

function problemsOf(
  issue: z.core.$ZodIssue,
  body: unknown,
  fields: string[],
): FieldProblem[] {
  const { path } = issue;
  const at = (message: string, place = path): FieldProblem[] => [
    { path: shownPath(place), message },
  ];
  if (isSentence(issue)) {
    return at(issue.message);
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.flatMap(key =>
      at(
        `${quoteUntrusted(key)} is not a field ${
          path.length > 0
            ? `of ${fieldName(path)}`
            : `here; there are ${fields.join(', ')}`
        }`,
        [...path, key],
      ),
    );
  }
  if (path.length === 0 && issue.code === 'invalid_type') {
    return at('the body must be a JSON object');
  }
  if (issue.code === 'invalid_key') {
    const key = path[path.length - 1];
    const [rule] = issue.issues;
    return at(
      `${fieldName(path.slice(0, -1))} holds the key ${quoteUntrusted(
        key,
      )}, which ${rule.message}`,
    );
  }
  const field = fieldName(path);
  const value = valueAt(body, path);
  if (value === undefined) {
    return at(
      issue.code === 'invalid_value'
        ? `${field} is missing: it ${issue.message}`
        : `${field} is missing`,
    );
  }
  const subject =
    typeof value === 'object' ? field : `${field} ${quoteUntrusted(value)}`;
  return at(
    issue.code === 'invalid_type'
      ? `${subject} must be of type ${issue.expected}`
      : `${subject} ${issue.message}`,
  );
}

/** Returns the path up to the first part that must not be shown, because a key may be a token by mistake. */
export function shownPath(path: PropertyKey[]): FieldProblem['path'] {
  const parts = path.map(part =>
    typeof part === 'number' ? part : `${String(part)}`,
  );
  const hidden = parts.findIndex(
    part =>
      typeof part === 'string' && quoteUntrusted(part) !== JSON.stringify(part),
  );
  return hidden < 0 ? parts : parts.slice(0, hidden);
}

function fieldName(path: PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') {
        return `[${part}]`;
      }
      return index === 0 ? String(part) : `[${quoteUntrusted(part)}]`;
    })
    .join('');
}

/** Returns the value at a path. Undefined if there is none. A query parameter that may be repeated can be a single text. */
export function valueAt(body: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value === 'string' && key === 0) {
      return value;
    }
    return typeof value === 'object' && value !== null
      ? Reflect.get(value, key)
      : undefined;
  }, body);
}
