import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { RequestRunner } from '../request';
import { ActionOptions } from '../step';
import { accessExamples } from './examples';
import { expiryOf } from './expiryOf';
import {
  expiryField,
  outputFields,
  purposeField,
  stepFields,
  targetFields,
} from './fields';

/** `berth:access:request`: requests a role in a namespace. */
export function createAccessRequestAction(options: ActionOptions) {
  const runner = RequestRunner.create(options);
  return createTemplateAction({
    id: 'berth:access:request',
    description:
      'Requests a role for a group in an existing namespace, as the person who runs the template, and waits until it is granted',
    examples: accessExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...targetFields,
        group: z =>
          z
            .string()
            .min(1)
            .describe(
              'Entity ref of the group that gets the role; a group of the person who runs the template',
            ),
        role: z =>
          z
            .enum(['admin', 'edit', 'view'])
            .describe('The ClusterRole of Kubernetes that is bound there'),
        ...purposeField,
        ...expiryField,
        ...stepFields,
      },
      output: outputFields,
    },
    async handler(context) {
      const { cluster, namespace, group, role, purpose, expiresAt } =
        context.input;
      await runner.run(context, {
        kind: 'grant',
        cluster,
        namespace,
        group,
        role,
        ...(purpose && { purpose }),
        ...expiryOf(expiresAt),
      });
    },
  });
}
