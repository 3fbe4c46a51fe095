import * as z from 'zod';
import { oneOf } from './fields';
import { helmDiffSchema } from './helm';

const objectShape = {
  kind: z.string(),
  namespace: z
    .string()
    .describe('Absent for objects of the whole cluster.')
    .optional(),
  name: z.string(),
};

/** @public */
export const helmPromotionSourceSchema = z
  .object({
    cluster: z.string(),
    namespace: z.string(),
    release: z.string(),
    revision: z.number().int(),
  })
  .meta({
    id: 'HelmPromotionSource',
    description: 'A release that a promotion rule accepts.',
  });

/** A release that a promotion rule accepts. @public */
export type HelmPromotionSource = z.infer<typeof helmPromotionSourceSchema>;

/** @public */
export const helmPreviewSchema = z
  .object({
    digest: z
      .string()
      .describe(
        'Names what was previewed. An operation must have the digest of its preview.',
      ),
    changes: helmDiffSchema
      .describe(
        'What differs from the latest revision; for an `install`, all objects. Absent for `uninstall` and `test`.',
      )
      .optional(),
    defaults: z
      .array(
        z.object({
          path: z.string().describe('Such as `image.tag`.'),
          change: oneOf(['Added', 'Changed', 'Removed']),
          yours: z
            .boolean()
            .describe('Whether the values of the release set it, too.'),
          before: z.string().describe('As JSON, shortened.').optional(),
          after: z.string().describe('As JSON, shortened.').optional(),
        }),
      )
      .describe(
        'How the values of the chart differ between the chart of the release and the new one. Values that the release sets stay as they are.',
      )
      .optional(),
    goes: z
      .array(z.object({ ...objectShape, reason: z.string().optional() }))
      .describe('The objects that an `uninstall` deletes.')
      .optional(),
    remains: z
      .array(
        z.object({
          ...objectShape,
          reason: z.string().describe('For people.').optional(),
        }),
      )
      .describe('The objects that an `uninstall` leaves on the cluster.')
      .optional(),
    hooks: z
      .array(
        z.object({
          ...objectShape,
          events: z
            .array(z.string())
            .describe(
              'When it runs in the operation, such as `pre-delete`. Events of another kind of operation are those with which helm undoes an operation that failed.',
            )
            .optional(),
          diff: z
            .string()
            .describe('The object as a unified diff, without hidden values.')
            .optional(),
        }),
      )
      .describe('The objects of the hooks that run, such as those of a `test`.')
      .optional(),
    rights: z.array(
      z.object({
        verb: z.string(),
        group: z.string().describe('Empty for the core group.'),
        resource: z.string(),
        namespace: z
          .string()
          .describe('Absent for resources of the whole cluster.')
          .optional(),
        names: z.array(z.string()),
        allowed: z.boolean(),
        help: z
          .string()
          .describe('Who can help, if it is not allowed. For people.')
          .optional(),
      }),
    ),
    conflicts: z
      .array(
        z.object({
          object: z.string().describe('Such as `Deployment web`.'),
          field: z.string().describe('Such as `spec.replicas`.'),
          manager: z.string().describe('Who manages the field.'),
        }),
      )
      .describe('Fields that others manage.'),
    chartDigest: z
      .string()
      .describe(
        'The SHA-256 of the archive of the chart, for a chart of a repository.',
      )
      .optional(),
    sameChart: oneOf(['Same', 'Different', 'Unknown'])
      .describe(
        'For `copyOf`: whether the chart has the digest that the portal recorded for the other release. `Unknown` if it recorded none.',
      )
      .optional(),
    promotedFrom: z
      .array(helmPromotionSourceSchema)
      .describe(
        'The releases by which the promotion rules of the portal let the chart through; one for each rule.',
      )
      .optional(),
    warnings: z.array(z.string()).describe('For people.'),
    refusals: z
      .array(z.string())
      .describe('Why the operation is not possible. For people.'),
    forLogs: z
      .object({
        warnings: z.array(z.string()),
        refusals: z.array(z.string()),
      })
      .describe(
        '`warnings` and `refusals` without the words of helm, of the chart and of the cluster, which may hold secrets. Only these belong in a log or an error.',
      )
      .optional(),
    problems: z
      .array(
        z.object({
          path: z
            .string()
            .describe('Such as `image.tag`; empty for all values.'),
          message: z.string().describe('For people.'),
        }),
      )
      .describe(
        'The values that the schema of the chart does not allow. `refusals` has them, too.',
      )
      .optional(),
  })
  .meta({
    id: 'HelmPreview',
    description: 'What an operation would do. It changed nothing.',
  });

/** @public */
export type HelmPreview = z.infer<typeof helmPreviewSchema>;

/**
 * Returns the sentences of a preview that belong in a log or an error. An older backend has none, so a fixed sentence
 * stands for them.
 *
 * @public
 */
export function sentencesForLogs({
  forLogs,
  refusals,
  warnings,
}: HelmPreview): NonNullable<HelmPreview['forLogs']> {
  return {
    refusals: forLogs?.refusals ?? withoutWords(refusals),
    warnings: forLogs?.warnings ?? withoutWords(warnings),
  };
}

function withoutWords(sentences: string[]): string[] {
  return sentences.length > 0
    ? ['The preview in the portal has the words']
    : [];
}
