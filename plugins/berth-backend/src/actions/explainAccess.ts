import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions, asCaller } from './ApiAsCaller';

/** Registers `berth:explain-access`. */
export function registerExplainAccess(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  options.actionsRegistry.register({
    name: 'explain-access',
    title: 'Explain access to Kubernetes',
    description:
      'Explains why a person can or cannot use a Kubernetes cluster or namespace: the chain from the person through groups and shares to the role, what is missing in it, and who can fix it. People can ask about themselves; platform admins about anyone.',
    // For the caller, it asks the cluster, with a token that the activity log shows.
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          cluster: z.string().describe('Name of the cluster'),
          namespace: z
            .string()
            .optional()
            .describe('Name of a namespace; the cluster alone if left out'),
          user: z
            .string()
            .optional()
            .describe(
              'Entity ref of another person, such as user:default/alice; only for platform admins',
            ),
        }),
      output: z =>
        z.object({
          user: z.string().describe('Entity ref'),
          allowed: z.boolean(),
          missing: z
            .string()
            .optional()
            .describe('The first thing that is missing'),
          steps: z.array(
            z.object({
              link: z.string(),
              status: z.enum(['Passed', 'Failed', 'Unknown', 'Skipped']),
              message: z.string(),
              hint: z.string().optional().describe('What to do'),
            }),
          ),
          roles: z.array(
            z.object({
              namespace: z.string(),
              role: z.enum(['admin', 'edit', 'view']),
              group: z
                .string()
                .describe(
                  'Entity ref of the group that holds it, or of the person who owns a personal namespace',
                ),
              expiresAt: z.string().optional().describe('ISO 8601'),
            }),
          ),
          helpers: z
            .array(z.string())
            .describe('Entity refs of the groups that can fix it'),
        }),
    },
    action: async ({ credentials, input }) => ({
      output: await asCaller(credentials, options, berth =>
        berth.explainAccess(input),
      ),
    }),
  });
}
