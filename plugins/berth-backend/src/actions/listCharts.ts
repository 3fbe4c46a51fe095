import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions, asCaller } from './ApiAsCaller';

const MOST = 100;

/** Registers `berth:list-charts`. */
export function registerListCharts(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  options.actionsRegistry.register({
    name: 'list-charts',
    title: 'List Helm charts',
    description:
      "The Helm charts of the portal's repositories, with their latest versions.",
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          search: z
            .string()
            .optional()
            .describe(
              'Words that the name, the description or a keyword contains',
            ),
          repository: z
            .string()
            .optional()
            .describe('Name of a chart repository; all by default'),
        }),
      output: z =>
        z.object({
          charts: z.array(
            z.object({
              repository: z.string(),
              name: z.string(),
              version: z.string().describe('The latest version'),
              appVersion: z.string().optional(),
              description: z.string().optional(),
              deprecated: z.boolean(),
            }),
          ),
          totalItems: z
            .number()
            .describe(`How many there are; the first ${MOST} are listed`),
        }),
    },
    action: async ({ credentials, input }) => {
      const { search, repository } = input;
      const { items, totalItems } = await asCaller(
        credentials,
        options,
        berth =>
          berth.listCharts({
            ...(search && { search }),
            ...(repository !== undefined && { repository: [repository] }),
            limit: MOST,
          }),
      );
      return {
        output: {
          charts: items.map(chart => {
            const { name, version, appVersion, description, deprecated } =
              chart;
            return {
              ...{ repository: chart.repository, name, version, appVersion },
              ...{ description, deprecated },
            };
          }),
          totalItems,
        },
      };
    },
  });
}
