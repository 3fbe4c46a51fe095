import { z } from 'zod';

/** @public */
export const fieldProblemSchema = z
  .object({
    field: z.string().describe('The name of the field in the request.'),
    message: z.string().describe('Names the field, its value and the rule.'),
  })
  .meta({
    id: 'FieldProblem',
    description: 'The problem with one field of a request.',
  });

/** @public */
export type FieldProblem = z.infer<typeof fieldProblemSchema>;
