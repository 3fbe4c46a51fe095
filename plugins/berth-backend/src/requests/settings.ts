import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  clusterNameSchema,
  dnsLabelSchema,
  isQuotaResource,
  NamespaceRole,
  namespaceRoleSchema,
  Quantity,
  RequestKind,
  requestKindSchema,
  SizeClass,
} from '@berth/plugin-berth-common';
import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';
import { normalizeGroupRef } from '../validation/groupRef';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { parseBody, parsedBy } from '../validation/parseBody';

/** A rule of `berth.requests.rules`. All its conditions must match. */
export interface RequestRule {
  name: string;
  kinds?: RequestKind[];
  /** Names of clusters. */
  clusters?: string[];
  clusterLabels?: Record<string, string>;
  sizeClasses?: string[];
  /** Entity refs. */
  groups?: string[];
  /** The longest time that the requested namespace or role may last. */
  maxDurationMs?: number;
  roles?: NamespaceRole[];
  /** The maximum that all namespaces of the group may be promised in total, by resource name. */
  groupQuota?: Record<string, string>;
}

/** The people who decide when no rule does. */
export type ApproverKind = 'owners' | 'admins';

/** The settings under `berth.requests`. */
export interface RequestSettings {
  approvers: ApproverKind[];
  rules: RequestRule[];
  /** How long a request may stay `Provisioning`. */
  provisioningTimeoutMs: number;
  /** The maximum number of unfinished requests of a person, including drafts. */
  openPerPerson: number;
}

const ROOT = 'berth.requests';
const DEFAULT_TIMEOUT_MS = 30 * 60_000;
const DEFAULT_OPEN_PER_PERSON = 50;

/** A list with at least one item, because an empty one would never match. */
function some<T extends z.ZodType>(item: T) {
  return z.array(item).min(1, 'must not be empty').optional();
}

const ruleSchema = z.strictObject({
  name: dnsLabelSchema,
  kinds: some(requestKindSchema),
  clusters: some(clusterNameSchema),
  clusterLabels: z
    .record(z.string(), z.string())
    .refine(labels => Object.keys(labels).length > 0, 'must not be empty')
    .optional(),
  sizeClasses: some(z.string()),
  groups: some(parsedBy(normalizeGroupRef)),
  maxDuration: z.unknown().optional(),
  roles: some(namespaceRoleSchema),
  groupQuota: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .refine(amounts => Object.keys(amounts).length > 0, 'must not be empty')
    .optional(),
  then: z.literal('approve', { error: 'must be "approve"' }),
});

/**
 * Reads `berth.requests`.
 *
 * @throws Error naming the field, its value and the rule
 */
export function readRequestSettings(
  config: Config,
  sizeClasses: SizeClass[],
): RequestSettings {
  const rules = (config.getOptionalConfigArray(`${ROOT}.rules`) ?? []).map(
    (rule, index) =>
      within(`${ROOT}.rules[${index}]`, () => readRule(rule, sizeClasses)),
  );
  const names = rules.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(`${ROOT}.rules holds "${twice}" twice`);
  }
  return {
    rules,
    approvers: readApprovers(config),
    provisioningTimeoutMs:
      readPositive(config, `${ROOT}.provisioningTimeout`) ?? DEFAULT_TIMEOUT_MS,
    openPerPerson: readOpenPerPerson(config),
  };
}

function readOpenPerPerson(config: Config): number {
  const key = `${ROOT}.openPerPerson`;
  const typed = config.getOptionalNumber(key) ?? DEFAULT_OPEN_PER_PERSON;
  if (!Number.isInteger(typed) || typed < 1) {
    throw new InputError(`${key} ${typed} must be a positive whole number`);
  }
  return typed;
}

function readApprovers(config: Config): ApproverKind[] {
  const typed = config.getOptionalStringArray(`${ROOT}.approvers`) ?? [
    'owners',
    'admins',
  ];
  const wrong = typed.find(kind => !['owners', 'admins'].includes(kind));
  if (wrong !== undefined || typed.length === 0) {
    throw new Error(
      `${ROOT}.approvers ${quoteUntrusted(
        wrong ?? typed,
      )} must hold "owners", "admins" or both`,
    );
  }
  return typed as ApproverKind[];
}

function readRule(config: Config, sizeClasses: SizeClass[]): RequestRule {
  const { then, maxDuration, groupQuota, ...rule } = parseBody(
    ruleSchema,
    config.get(),
  );
  const known = sizeClasses.map(({ name }) => name);
  const unknown = rule.sizeClasses?.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new InputError(
      `sizeClasses ${quoteUntrusted(unknown)} is not one of ${
        known.join(', ') || 'berth.sizeClasses, of which there are none'
      }`,
    );
  }
  const maxDurationMs =
    maxDuration === undefined ? undefined : readPositive(config, 'maxDuration');
  return {
    ...rule,
    ...(maxDurationMs !== undefined && { maxDurationMs }),
    ...(groupQuota && { groupQuota: readAmounts(groupQuota) }),
  };
}

function readAmounts(
  typed: Record<string, string | number>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).map(([resource, amount]) => {
      const field = `groupQuota[${quoteUntrusted(resource)}]`;
      if (!isQuotaResource(resource)) {
        throw new InputError(
          `${field} is not a resource that a ResourceQuota can bound, such as requests.cpu, limits.memory, pods or requests.nvidia.com/gpu`,
        );
      }
      const quantity = within(field, () => Quantity.parse(`${amount}`), ' ');
      if (quantity.compare(Quantity.zero) < 0) {
        throw new InputError(
          `${field} ${quoteUntrusted(amount)} must not be negative`,
        );
      }
      return [resource, quantity.toString()];
    }),
  );
}

function readPositive(config: Config, key: string): number | undefined {
  if (!config.has(key)) {
    return undefined;
  }
  const milliseconds = durationToMilliseconds(
    readDurationFromConfig(config, { key }),
  );
  if (!(milliseconds > 0)) {
    throw new InputError(
      `${key} ${quoteUntrusted(config.get(key))} must be greater than zero`,
    );
  }
  return milliseconds;
}

function within<T>(where: string, read: () => T, between = ': '): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) {
      throw new InputError(`${where}${between}${error.message}`);
    }
    throw error;
  }
}
