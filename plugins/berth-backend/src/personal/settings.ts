import { Config } from '@backstage/config';
import { SizeClass } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { PersonalRole } from '../model/tenancy';
import { normalizeGroupRef } from '../validation/groupRef';
import { parseBody, parsedBy } from '../validation/parseBody';

/** An item of `berth.personalNamespaces`. The first one that matches a cluster and a person applies. */
export interface PersonalRule {
  /** Names of clusters; all by default. */
  clusters?: string[];
  /** Entity refs; all people who see the cluster by default. */
  groups?: string[];
  role: PersonalRole;
  /** The size class of the quota; none by default. */
  sizeClass?: string;
  /** The name of the namespace, with `{prefix}` and `{user}`. */
  name: string;
}

const SETTING = 'berth.personalNamespaces';

/**
 * The prefix comes first and the user once, so two users never get one name: the rest of the name is the same for all.
 */
const TEMPLATE = /^\{prefix\}[-a-z0-9]*\{user\}[-a-z0-9]*$/;

const ruleSchema = z.strictObject({
  clusters: z
    .array(
      z.string().regex(/^[a-z0-9]{1,63}$/, 'must be the name of a cluster'),
    )
    .min(1, 'must not be empty')
    .optional(),
  groups: z
    .array(parsedBy(normalizeGroupRef))
    .min(1, 'must not be empty')
    .optional(),
  role: z.enum(['admin', 'edit'], 'must be "admin" or "edit"').default('edit'),
  sizeClass: z.string().optional(),
  name: z
    .string()
    .regex(
      TEMPLATE,
      'must be {prefix}, any lowercase letters, digits and hyphens, and {user} once, such as {prefix}{user}',
    )
    .default('{prefix}{user}'),
});

/**
 * Reads `berth.personalNamespaces`.
 *
 * @throws Error naming the item, the value and the rule
 */
export function readPersonalRules(
  config: Config,
  sizeClasses: SizeClass[],
): PersonalRule[] {
  const written = config.getOptional(SETTING) ?? [];
  if (!Array.isArray(written)) {
    throw new Error(`${SETTING} must be a list`);
  }
  return written.map((item, index) => {
    const where = `${SETTING}[${index}]`;
    const rule = readRule(item, where);
    const { sizeClass } = rule;
    if (
      sizeClass !== undefined &&
      sizeClasses.every(({ name }) => name !== sizeClass)
    ) {
      throw new Error(
        `${where}: sizeClass ${JSON.stringify(
          sizeClass,
        )} is not in berth.sizeClasses`,
      );
    }
    return rule;
  });
}

function readRule(item: unknown, where: string): PersonalRule {
  try {
    return parseBody(ruleSchema, item);
  } catch (error) {
    throw new Error(
      `${where}: ${error instanceof Error ? error.message : error}`,
    );
  }
}
