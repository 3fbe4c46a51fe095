import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { RequestRunner } from '../request';
import { ActionOptions } from '../step';
import { namespaceExamples } from './examples';
import { expiryOf } from './expiryOf';
import {
  expiryField,
  outputFields,
  purposeField,
  quotaFields,
  stepFields,
  targetFields,
} from './fields';
import { quotaOf } from './quotaOf';

/** `berth:namespace:request`: requests a new namespace. */
export function createNamespaceRequestAction(options: ActionOptions) {
  const runner = RequestRunner.create(options);
  return createTemplateAction({
    id: 'berth:namespace:request',
    description:
      'Requests a new namespace, as the person who runs the template, and waits until it is ready',
    examples: namespaceExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...targetFields,
        group: z =>
          z
            .string()
            .min(1)
            .describe(
              'Entity ref of the group that will own it and be its admin; a group of the person who runs the template',
            ),
        system: z =>
          z
            .string()
            .optional()
            .describe(
              'Entity ref of the System in the catalog that it will be part of, such as `system:default/shop`, or `shop` for short',
            ),
        ...quotaFields,
        ...purposeField,
        ...expiryField,
        ...stepFields,
      },
      output: outputFields,
    },
    async handler(context) {
      const { cluster, namespace, group, system, purpose, expiresAt } =
        context.input;
      await runner.run(context, {
        kind: 'namespace',
        cluster,
        namespace,
        group,
        quota: quotaOf(context.input),
        // An empty choice in a form is an empty string.
        ...(system && { system }),
        ...(purpose && { purpose }),
        ...expiryOf(expiresAt),
      });
    },
  });
}
