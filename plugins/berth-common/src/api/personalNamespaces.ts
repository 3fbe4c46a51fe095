import * as z from 'zod';
import { identifier, oneOf } from './fields';

/** @public */
export const personalNamespaceStateSchema = oneOf([
  'absent',
  'present',
  'needsName',
  'refused',
]).meta({
  id: 'PersonalNamespaceState',
  description: `- \`absent\`: the caller can create it
- \`present\`: it exists
- \`needsName\`: the name of the caller is not a name for a namespace, so an admin gives one
- \`refused\`: \`problem\` gives the reason`,
});

/** @public */
export type PersonalNamespaceState = z.infer<
  typeof personalNamespaceStateSchema
>;

/** @public */
export const personalNamespaceSchema = z
  .object({
    cluster: z.object({
      name: z.string(),
      title: z.string().optional(),
    }),
    name: z
      .string()
      .describe('The name that the namespace has or would get.')
      .optional(),
    state: personalNamespaceStateSchema,
    namespace: z
      .string()
      .describe('The name of the namespace that exists.')
      .optional(),
    problem: z
      .string()
      .describe('Why there is none, and what to do, for people.')
      .optional(),
  })
  .meta({
    id: 'PersonalNamespace',
    description:
      'The namespace of one person on a cluster that has personal namespaces.',
  });

/** @public */
export type PersonalNamespace = z.infer<typeof personalNamespaceSchema>;

/** @public */
export const createPersonalNamespaceRequestSchema = z
  .strictObject({
    user: identifier(500)
      .describe(
        'Entity ref of the person; the caller by default. Only an admin can name another person.',
      )
      .optional(),
    name: identifier(63)
      .describe('The name of the namespace. Only an admin can give one.')
      .optional(),
  })
  .meta({ id: 'CreatePersonalNamespaceRequest' });

/** @public */
export type CreatePersonalNamespaceRequest = z.infer<
  typeof createPersonalNamespaceRequestSchema
>;

/** @public */
export const transferNamespaceRequestSchema = z
  .strictObject({
    owner: identifier(500).describe(
      'Entity ref of the user or the group that is to own the namespace.',
    ),
  })
  .meta({ id: 'TransferNamespaceRequest' });

/** @public */
export type TransferNamespaceRequest = z.infer<
  typeof transferNamespaceRequestSchema
>;
