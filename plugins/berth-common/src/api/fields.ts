import * as z from 'zod';
import {
  isDnsSubdomain,
  isLabelValue,
  isQualifiedName,
} from '../kubernetesNames';
import { isDnsLabel } from '../names';
import { isVisible, ONLY_VISIBLE } from '../visibleText';

/* The rules of single fields. A message follows the field and its value: `role "owner" must be "admin", …`. */

const MAX_ENTRIES = 64;
const MAX_QUANTITY = 64;
const MAX_VALUES = 100;
const MOST_YEARS = 10;

const LABEL_RULE =
  'must be at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit';

export const OBJECT_NAME_RULE =
  'must be the name of a Kubernetes object: at most 253 lowercase letters, digits, "-" and "."';

/**
 * The type of a query that a client passes: a parameter that may be repeated also accepts a single value.
 *
 * @public
 */
export type QueryOf<Schema extends z.ZodType> = {
  [Name in keyof z.output<Schema>]: z.output<Schema>[Name] extends
    | (infer Item)[]
    | undefined
    ? Item | Item[]
    : z.output<Schema>[Name];
};

/** The schema of one word of a list. */
export function oneOf<const Values extends readonly string[]>(values: Values) {
  const quoted = values.map(value => JSON.stringify(value));
  const last = quoted.pop();
  return z.enum(values, {
    error: `must be ${
      quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last
    }`,
  });
}

/** The schema of a query parameter that may be repeated. */
export function many<Item extends z.ZodType<string>>(item: Item) {
  return z.preprocess(
    value => (typeof value === 'string' ? [value] : value),
    z.array(item).max(MAX_VALUES, `must hold at most ${MAX_VALUES} values`),
  );
}

/** The schema of a query parameter that is a list of words with commas between them, and may be repeated. */
export function words<const Values extends readonly string[]>(values: Values) {
  return z.preprocess(
    value => [value].flat().join(','),
    z
      .string()
      .refine(
        text => text.split(',').every(word => values.includes(word)),
        `must be one or more of ${values
          .map(value => JSON.stringify(value))
          .join(', ')}, with commas between them`,
      )
      .transform(text => text.split(',') as Values[number][]),
  );
}

/** The schema of a boolean query parameter. */
export const flag = oneOf(['true', 'false'])
  .transform(value => value === 'true')
  .meta({ type: 'boolean', enum: undefined });

/** The schema of a query parameter that is a whole number. */
export function wholeNumber(least: number, most: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine(value => value >= least && value <= most, rule)
    .meta({
      type: 'integer',
      pattern: undefined,
      minimum: least,
      maximum: most,
    });
}

export function boundedText(length: number) {
  return z.string().max(length, `must be at most ${length} characters long`);
}

/** The schema of an identifier that the caller got from the API. */
export function identifier(length: number) {
  return boundedText(length).min(1, 'must not be empty');
}

/** The schema of one line of text for people. */
export function lineOfText(length: number) {
  return boundedText(length)
    .trim()
    .regex(
      /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u,
      'must be one line without control characters',
    )
    .refine(isVisible, ONLY_VISIBLE);
}

/** The schema of several lines of text for people. */
export function manyLines(length: number) {
  return boundedText(length)
    .trim()
    .regex(
      /^(\n|[^\p{Cc}\p{Zl}\p{Zp}])*$/u,
      'must be without control characters',
    )
    .refine(isVisible, ONLY_VISIBLE);
}

/**
 * The schema of an end in the future, in the one form that sorts as text. The end must be within ten years: a later
 * one is a mistake, and times after the year 9999 do not sort as text.
 */
export const futureTime = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 time, such as 2027-01-31T18:00:00Z',
  })
  .refine(
    // The previous check refuses text that is not a time.
    typed => !(Date.parse(typed) <= Date.now()),
    'must be in the future',
  )
  .refine(
    typed => !(Date.parse(typed) > latestEnd()),
    `must be within ${MOST_YEARS} years; leave it out for no end`,
  )
  .transform(typed => new Date(typed).toISOString());

function latestEnd(): number {
  const latest = new Date();
  return latest.setUTCFullYear(latest.getUTCFullYear() + MOST_YEARS);
}

/** The schema of a bound of a period in a filter. */
export const pastTime = z.union(
  [z.iso.datetime({ offset: true }), z.iso.date()],
  'must be an ISO 8601 time or date, such as 2027-01-31T18:00:00Z',
);

/** The schema of the name of a cluster. @public */
export const clusterName = z
  .string()
  .regex(
    /^[a-z0-9]{1,63}$/,
    'must be the name of a cluster: lowercase letters and digits',
  );

/** The schema of a DNS label, such as the name of a namespace. @public */
export const dnsLabel = z.string().refine(isDnsLabel, LABEL_RULE);

/** The schema of the name of most Kubernetes objects. @public */
export const objectName = z.string().refine(isDnsSubdomain, OBJECT_NAME_RULE);

/** The schema of the key of a label or annotation. @public */
export const qualifiedName = z
  .string()
  .refine(
    isQualifiedName,
    'must be a Kubernetes key: at most 63 letters, digits, "-", "_" and ".", with or without a domain and "/" before it',
  );

/** The schema of the value of a label. @public */
export const labelValue = z
  .string()
  .refine(
    isLabelValue,
    'must be a label value: at most 63 letters, digits, "-", "_" and "."',
  );

/** The schema of labels or annotations. */
export function entries<Value extends z.ZodType<string>>(value: Value) {
  return z
    .record(qualifiedName, value)
    .refine(
      record => Object.keys(record).length <= MAX_ENTRIES,
      `must hold at most ${MAX_ENTRIES} entries`,
    );
}

export const quantity = boundedText(MAX_QUANTITY);

/** The schema of quantities by resource name. */
export const quantities = z.record(z.string(), quantity);

export const webAddress = boundedText(2000).refine(
  isWebAddress,
  'must be an https:// address without a user name',
);

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url?.protocol === 'https:' && url.username === '' && url.password === ''
  );
}

/** @public */
export const dryRunQuerySchema = z.strictObject({
  dryRun: flag.describe('Checks the request and stores nothing.').optional(),
});
