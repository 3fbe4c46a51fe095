import { Config } from '@backstage/config';
import { z } from 'zod';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { valueAt } from '../../validation/parseBody';
import { fields } from '../profiles/networkPolicySchema';
import { PullSecret } from './types';

export const SETTING = 'berth.pullSecrets';

/** The only registry whose key is an address with a scheme. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

/** With the prefix `berth-pull-`, a name stays a DNS label. */
const NAME = /^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$/;
const HOST =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:\d{1,5})?(\/[\w.-]+)*$/;

const MAX_LENGTH = 253;

/** A token of a registry, such as a JSON key of Google, can have some kilobytes. */
const MAX_PASSWORD_LENGTH = 16_384;

const registry = z
  .string()
  .max(MAX_LENGTH, `must have at most ${MAX_LENGTH} characters`)
  .refine(
    text => text === DOCKER_HUB || HOST.test(text),
    `must be the host of a registry in lower case, with a port and a path if needed, such as harbor.example.com; of Docker Hub it is ${DOCKER_HUB}`,
  );

const username = z
  .string()
  .min(1, 'must not be empty')
  .max(MAX_LENGTH, `must have at most ${MAX_LENGTH} characters`)
  .refine(
    text => !/[:\p{Cc}]/u.test(text),
    'must have no colon and no control characters',
  );

const password = z
  .string()
  .min(1, 'must not be empty')
  .max(
    MAX_PASSWORD_LENGTH,
    `must have at most ${MAX_PASSWORD_LENGTH} characters`,
  );

const pullSecrets = z
  .array(
    fields({
      name: z
        .string()
        .regex(
          NAME,
          'must be at most 52 lowercase letters, digits and hyphens, beginning and ending with a letter or digit',
        ),
      registry,
      username,
      password,
    }),
  )
  .superRefine((items, context) => {
    const names = items.map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index) {
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'is used twice; names must be unique',
        });
      }
    });
  });

/**
 * Reads `berth.pullSecrets`.
 *
 * @throws Error with all problems at once, each naming the field and the rule, and the value of names only
 */
export function readPullSecrets(config: Config): PullSecret[] {
  const written = config.getOptional(SETTING) ?? [];
  const result = pullSecrets.safeParse(written);
  if (!result.success) {
    throw new Error(
      result.error.issues.map(issue => problemOf(issue, written)).join('; '),
    );
  }
  return result.data;
}

/** Shows only names: a credential can stand in another field by mistake. */
function problemOf(
  { path, message, ...issue }: z.core.$ZodIssue,
  written: unknown,
): string {
  const field = path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`,
    SETTING,
  );
  const value = valueAt(written, path);
  if (issue.code === 'unrecognized_keys') {
    return `${field} has a field that ${message}`;
  }
  if (value === undefined) {
    return `${field} is missing`;
  }
  const rule =
    issue.code === 'invalid_type'
      ? `must be of type ${issue.expected}`
      : message;
  return path.at(-1) === 'name' && typeof value === 'string'
    ? `${field} ${quoteUntrusted(value)} ${rule}`
    : `${field} ${rule}`;
}
