import { tolerationSchema } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { fields, labels } from './networkPolicySchema';

const MAX_ENTRIES = 50;

const toleration = tolerationSchema
  .refine(
    ({ key, effect }) => key !== undefined && effect !== undefined,
    'must hold a "key" and an "effect"',
  )
  .refine(
    ({ tolerationSeconds }) => tolerationSeconds === undefined,
    'must hold no "tolerationSeconds"',
  );

/** The nodes for the pods of namespaces. */
export const placement = fields({
  from: z.literal('cluster', { error: 'must be "cluster"' }).optional(),
  nodeSelector: labels
    .refine(
      wanted => Object.keys(wanted).length <= MAX_ENTRIES,
      `must hold at most ${MAX_ENTRIES} labels`,
    )
    .optional(),
  tolerations: z
    .array(toleration)
    .max(MAX_ENTRIES, `must hold at most ${MAX_ENTRIES} tolerations`)
    .optional(),
  enforce: z.boolean().default(false),
})
  .refine(
    ({ from, nodeSelector, tolerations }) =>
      (from === undefined) !==
      (nodeSelector === undefined && tolerations === undefined),
    'must contain either "from", or "nodeSelector", "tolerations" or both',
  )
  .transform(({ from, nodeSelector, tolerations, enforce }) =>
    from
      ? { from, enforce }
      : {
          ...(nodeSelector && { nodeSelector }),
          ...(tolerations && { tolerations }),
          enforce,
        },
  );
