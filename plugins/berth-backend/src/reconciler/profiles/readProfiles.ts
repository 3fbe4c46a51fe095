import { Config } from '@backstage/config';
import { z } from 'zod';
import { problemsError } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { shownPath, valueAt } from '../../validation/parseBody';
import { completeSpec } from './completeSpec';
import { egressPolicy, EGRESS_POLICY } from './egressPolicy';
import { egressPreset } from './egressSchema';
import { namespaceAnnotations, namespaceLabels } from './fieldsSchema';
import { otherAnnotations } from './identityAnnotations';
import { identity } from './identitySchema';
import { placement } from './placementSchema';
import { podSecurityLabels } from './podSecurity';
import { podSecurity } from './podSecuritySchema';
import {
  fields,
  labels,
  networkPolicySpec,
  oneOf,
} from './networkPolicySchema';
import { storageClass } from './storageClassSchema';
import { Profile } from './types';

const SETTING = 'berth.profiles';

const TYPES: Record<string, string> = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const name = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'must be at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit',
  );

const profiles = named(
  fields({
    name,
    for: oneOf('all', 'personal', 'group').optional(),
    clusters: z
      .array(
        z.string().regex(/^[a-z0-9]{1,63}$/, 'must be the name of a cluster'),
      )
      .min(1, 'must not be empty')
      .optional(),
    clusterLabels: labels
      .refine(wanted => Object.keys(wanted).length > 0, 'must not be empty')
      .optional(),
    labels: namespaceLabels.optional(),
    annotations: namespaceAnnotations.optional(),
    podSecurity: podSecurity.optional(),
    networkPolicies: named(
      fields({
        name,
        spec: networkPolicySpec,
      }),
    ).optional(),
    egress: egressPreset.optional(),
    identity: identity.optional(),
    placement: placement.optional(),
    storageClass: storageClass.optional(),
    pullSecrets: z
      .array(z.string())
      .min(1, 'must not be empty')
      .refine(
        names => new Set(names).size === names.length,
        'must hold each name once',
      )
      .optional(),
  }).superRefine(({ egress, networkPolicies = [] }, context) => {
    const own = networkPolicies.findIndex(one => one.name === EGRESS_POLICY);
    if (egress && own >= 0) {
      context.addIssue({
        code: 'custom',
        path: ['networkPolicies', own, 'name'],
        message: 'is the name of the policy of "egress"',
      });
    }
  }),
).superRefine((all, context) => {
  // Berth keeps one set of IDs for each owner.
  const index = otherAnnotations(all);
  if (index >= 0) {
    context.addIssue({
      code: 'custom',
      path: [index, 'identity'],
      message: 'must name the same annotations as the other profiles',
    });
  }
});

/**
 * Reads `berth.profiles`.
 *
 * @param pullSecrets - the names of `berth.pullSecrets`
 * @throws Error with all problems at once, each naming the field by its path, its value and the rule
 */
export function readProfiles(
  config: Config,
  pullSecrets: readonly string[] = [],
): Profile[] {
  return parseProfiles(writtenProfiles(config), pullSecrets);
}

/** Returns `berth.profiles` as it is written. */
export function writtenProfiles(config: Config): unknown {
  return config.getOptional(SETTING) ?? [];
}

/**
 * Reads a value for `berth.profiles`.
 *
 * @param pullSecrets - the names of `berth.pullSecrets`
 * @throws InputError as `readProfiles`
 */
export function parseProfiles(
  written: unknown,
  pullSecrets: readonly string[] = [],
): Profile[] {
  const result = profiles.safeParse(written);
  if (!result.success) {
    throw problemsError(
      result.error.issues.flatMap(issue =>
        problemsOf(issue, written).map(message => ({
          path: ['profiles', ...shownPath(issue.path)],
          message,
        })),
      ),
    );
  }
  assertPullSecrets(result.data, pullSecrets);
  return result.data.map(profileOf);
}

/** @throws InputError naming each pull secret that the configuration does not have */
function assertPullSecrets(
  read: z.output<typeof profiles>,
  known: readonly string[],
): void {
  const problems = read.flatMap(({ pullSecrets = [] }, profile) =>
    pullSecrets.flatMap((one, index) => {
      const path = [profile, 'pullSecrets', index];
      const names =
        known.length > 0 ? `: ${known.join(', ')}` : ', which has none';
      return known.includes(one)
        ? []
        : [
            {
              path: ['profiles', ...path],
              message: `${fieldText(path)} ${quoteUntrusted(
                one,
              )} must be the name of one of berth.pullSecrets${names}`,
            },
          ];
    }),
  );
  if (problems.length > 0) {
    throw problemsError(problems);
  }
}

/** Computes the objects and fields of a profile. */
function profileOf({
  labels: written,
  podSecurity: security,
  networkPolicies = [],
  egress,
  ...profile
}: z.output<typeof profiles>[number]): Profile {
  return {
    ...profile,
    ...((written || security) && {
      labels: { ...written, ...(security && podSecurityLabels(security)) },
    }),
    networkPolicies: [
      ...networkPolicies.map(policy => ({
        name: policy.name,
        spec: completeSpec(policy.spec),
      })),
      ...(egress ? [egressPolicy(egress)] : []),
    ],
  };
}

/** Creates a schema of a list of items with unique names. */
function named<Item extends z.ZodType<{ name: string }>>(item: Item) {
  return z.array(item).superRefine((items, context) => {
    const names = items.map(one => one.name);
    names.forEach((one, index) => {
      if (names.indexOf(one) !== index) {
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'is used twice; names must be unique',
        });
      }
    });
  });
}

function problemsOf(issue: z.core.$ZodIssue, written: unknown): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      key => `${fieldText([...issue.path, key])} ${issue.message}`,
    );
  }
  const field = fieldText(issue.path);
  const value = valueAt(written, issue.path);
  if (value === undefined) {
    return [`${field} is missing`];
  }
  const subject =
    typeof value === 'object' && value !== null
      ? field
      : `${field} ${quoteUntrusted(value)}`;
  return [`${subject} ${ruleOf(issue)}`];
}

function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.startsWith('must')
        ? issue.message
        : `must be ${TYPES[issue.expected] ?? `of type ${issue.expected}`}`;
    case 'invalid_union':
      return 'must be a number or text';
    default:
      return issue.message;
  }
}

function fieldText(path: PropertyKey[]): string {
  return path.reduce<string>((field, part) => {
    if (typeof part === 'number') {
      return `${field}[${part}]`;
    }
    return /^\w+$/.test(String(part))
      ? `${field}.${String(part)}`
      : `${field}[${quoteUntrusted(part)}]`;
  }, SETTING);
}
