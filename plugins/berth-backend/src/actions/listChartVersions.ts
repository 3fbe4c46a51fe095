import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions, asCaller } from './ApiAsCaller';

const MOST = 100;

/** Registers `berth:list-chart-versions`. */
export function registerListChartVersions(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  options.actionsRegistry.register({
    name: 'list-chart-versions',
    title: 'List the versions of a Helm chart',
    description:
      "The versions of a Helm chart of the portal's repositories, the latest first.",
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          repository: z.string().describe('Name of the chart repository'),
          chart: z.string().describe('Name of the chart'),
        }),
      output: z =>
        z.object({
          versions: z.array(
            z.object({
              version: z.string(),
              appVersion: z.string().optional(),
              kubeVersion: z
                .string()
                .optional()
                .describe('The versions of Kubernetes that it accepts'),
              createdAt: z.string().optional().describe('ISO 8601'),
              deprecated: z.boolean(),
              prerelease: z.boolean(),
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
        berth => berth.listChartVersions(input, { limit: MOST }),
      );
      return {
        output: {
          versions: items.map(({ digest: _, ...version }) => version),
          totalItems,
        },
      };
    },
  });
}
