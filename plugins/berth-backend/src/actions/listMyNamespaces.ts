import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions, asCaller } from './ApiAsCaller';

const MOST = 500;

/** Registers `berth:list-my-namespaces`. */
export function registerListMyNamespaces(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  options.actionsRegistry.register({
    name: 'list-my-namespaces',
    title: 'List my Kubernetes namespaces',
    description:
      'The Kubernetes namespaces in which the groups of the caller hold a role, with that role, and the personal ones of the caller, until when it lasts, and what of the quota is in use.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          cluster: z
            .string()
            .optional()
            .describe('Name of a cluster; all clusters if it is left out'),
          search: z
            .string()
            .optional()
            .describe("A part of the namespace's name"),
        }),
      output: z =>
        z.object({
          namespaces: z.array(
            z.object({
              cluster: z.string(),
              name: z.string(),
              owner: z
                .string()
                .optional()
                .describe('Entity ref of a group, or of the caller'),
              system: z.string().optional().describe('Entity ref'),
              purpose: z.string().optional(),
              state: z.enum(['Pending', 'Ready', 'Failed']),
              roles: z.array(
                z.object({
                  group: z.string().describe('Entity ref'),
                  role: z.enum(['admin', 'edit', 'view']),
                  expiresAt: z.string().optional().describe('ISO 8601'),
                }),
              ),
              quota: z
                .object({
                  hard: z.record(z.string()).describe('Bounds, by resource'),
                  used: z
                    .record(z.string())
                    .optional()
                    .describe('In use, by resource; absent until observed'),
                })
                .optional()
                .describe('Absent where nothing bounds the namespace'),
            }),
          ),
          totalItems: z
            .number()
            .describe(`How many there are; the first ${MOST} are listed`),
        }),
    },
    action: async ({ credentials, input }) => {
      const { items, totalItems } = await asCaller(
        credentials,
        options,
        berth => berth.listNamespaces({ ...input, mine: true, limit: MOST }),
      );
      return {
        output: {
          namespaces: items.map(
            ({
              cluster,
              name,
              owner,
              system,
              purpose,
              state,
              grants,
              quota,
            }) => ({
              cluster,
              name,
              owner,
              system,
              purpose,
              state,
              roles: grants.map(({ group, role, expiresAt }) => ({
                group,
                role,
                expiresAt,
              })),
              quota: quota && { hard: quota.hard, used: quota.used },
            }),
          ),
          totalItems,
        },
      };
    },
  });
}
