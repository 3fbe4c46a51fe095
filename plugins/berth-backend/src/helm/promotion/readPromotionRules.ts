import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError, isError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { clusterNameSchema } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { parseBody } from '../../validation/parseBody';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ClusterSelector, PromotionRule } from './rules';

const ROOT = 'berth.helm.promotion';

/** A list with at least one item, because an empty one would never match. */
function some<T extends z.ZodType>(item: T) {
  return z.array(item).min(1, 'must not be empty').optional();
}

const selectorSchema = z
  .strictObject({
    clusters: some(clusterNameSchema),
    clusterLabels: z
      .record(z.string(), z.string())
      .refine(labels => Object.keys(labels).length > 0, 'must not be empty')
      .optional(),
  })
  .refine(
    ({ clusters, clusterLabels }) => clusters ?? clusterLabels,
    'must hold clusters, clusterLabels or both',
  );

const ruleSchema = z.strictObject({
  from: selectorSchema,
  to: selectorSchema,
  charts: some(
    z
      .string()
      .regex(
        /^[A-Za-z0-9._*-]{1,250}$/,
        'must be the name of a chart, with * for any characters',
      ),
  ),
  requires: z
    .strictObject({
      deployedFor: z.unknown().optional(),
      healthy: z.boolean().optional(),
    })
    .optional(),
});

/**
 * Reads `berth.helm.promotion`.
 *
 * @throws InputError naming the field, its value and the rule
 */
export function readPromotionRules(config: Config): PromotionRule[] {
  return (config.getOptionalConfigArray(ROOT) ?? []).map((rule, index) => {
    try {
      return readRule(rule);
    } catch (error) {
      if (isError(error)) {
        throw new InputError(`${ROOT}[${index}]: ${error.message}`);
      }
      throw error;
    }
  });
}

function readRule(config: Config): PromotionRule {
  const { requires = {}, ...rule } = parseBody(ruleSchema, config.get());
  assertDistinct(rule.from, rule.to);
  return {
    ...rule,
    requires: {
      healthy: requires.healthy ?? false,
      ...(requires.deployedFor !== undefined && {
        deployedForMs: readDuration(config, 'requires.deployedFor'),
      }),
    },
  };
}

/** A cluster that is in `to` does not vouch for a chart, so a rule with the same clusters would let nothing through. */
function assertDistinct(from: ClusterSelector, to: ClusterSelector): void {
  const remaining = from.clusters?.filter(
    name => !to.clusters?.includes(name) || to.clusterLabels,
  );
  const isSame =
    !to.clusters &&
    Object.entries(to.clusterLabels ?? {}).every(
      ([key, value]) => from.clusterLabels?.[key] === value,
    );
  if (remaining?.length === 0 || isSame) {
    throw new InputError(
      'to has all clusters of from, so the rule would let no chart through',
    );
  }
}

function readDuration(config: Config, key: string): number {
  const duration = durationToMilliseconds(
    readDurationFromConfig(config, { key }),
  );
  if (!(duration > 0)) {
    throw new InputError(
      `${key} ${quoteUntrusted(config.get(key))} must be greater than zero`,
    );
  }
  return duration;
}
