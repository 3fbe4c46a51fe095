import * as z from 'zod';

/** @public */
export const fieldProblemSchema = z
  .object({
    path: z
      .array(z.union([z.string(), z.number().int()]))
      .describe(
        'The place of the field in the request, such as `["grants", 0, "role"]`; empty if the problem concerns the whole request.',
      ),
    message: z.string().describe('Names the field, its value and the rule.'),
  })
  .meta({
    id: 'FieldProblem',
    description: 'The problem with one field of a request.',
  });

/** @public */
export type FieldProblem = z.infer<typeof fieldProblemSchema>;

/** @public */
export const errorBodySchema = z
  .object({
    error: z.object({
      name: z.string().describe('Such as `InputError`.'),
      message: z.string().describe('What failed, why, and what to do.'),
      problems: z
        .array(fieldProblemSchema)
        .describe('Only if the error is about fields of the request.')
        .optional(),
    }),
    request: z.object({ method: z.string(), url: z.string() }).optional(),
    response: z.object({ statusCode: z.number().int() }),
  })
  .meta({ id: 'Error', description: "Backstage's error body." });
