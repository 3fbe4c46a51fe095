import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { RequestRunner } from '../request';
import { ActionOptions } from '../step';
import { quotaExamples } from './examples';
import {
  outputFields,
  purposeField,
  quotaFields,
  stepFields,
  targetFields,
} from './fields';
import { quotaOf } from './quotaOf';

/** `berth:quota:request`: requests another quota for a namespace. */
export function createQuotaRequestAction(options: ActionOptions) {
  const runner = RequestRunner.create(options);
  return createTemplateAction({
    id: 'berth:quota:request',
    description:
      'Requests a new quota for a namespace, as the person who runs the template, and waits until it is set',
    examples: quotaExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...targetFields,
        ...quotaFields,
        ...purposeField,
        ...stepFields,
      },
      output: outputFields,
    },
    async handler(context) {
      const { cluster, namespace, purpose } = context.input;
      await runner.run(context, {
        kind: 'quota',
        cluster,
        namespace,
        quota: quotaOf(context.input),
        ...(purpose && { purpose }),
      });
    },
  });
}
