import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  BerthApi,
  HelmRelease,
  HelmReleaseQuery,
} from '@berth/plugin-berth-common';
import { ApiAsCallerOptions, asCaller } from './ApiAsCaller';
import { releasePage } from './releasePage';

const MOST = 500;

/** Registers `berth:list-helm-releases`. */
export function registerListHelmReleases(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  options.actionsRegistry.register({
    name: 'list-helm-releases',
    title: 'List Helm releases',
    description:
      'The Helm releases that the caller can see on Kubernetes clusters: chart, status and latest revision. It has no values and no manifests.',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: z =>
        z.object({
          cluster: z
            .string()
            .optional()
            .describe('Name of a cluster; all clusters if it is left out'),
          namespace: z
            .string()
            .optional()
            .describe('Name of a namespace; all of the caller by default'),
          search: z
            .string()
            .optional()
            .describe('A part of the name of the release or of the chart'),
        }),
      output: z =>
        z.object({
          releases: z.array(
            z.object({
              cluster: z.string(),
              namespace: z.string(),
              name: z.string(),
              revision: z
                .number()
                .optional()
                .describe(
                  'Absent if the caller sees only the objects of the release',
                ),
              status: z.string().describe('Such as deployed or failed'),
              updatedAt: z.string().optional().describe('ISO 8601'),
              chart: z
                .object({ name: z.string(), version: z.string() })
                .optional(),
              managedBy: z
                .string()
                .optional()
                .describe('A controller that undoes changes of people'),
              url: z
                .string()
                .describe('Path of the page of the release in the portal'),
            }),
          ),
          totalItems: z
            .number()
            .describe(`How many there are; the first ${MOST} are listed`),
          failures: z
            .array(z.object({ cluster: z.string(), message: z.string() }))
            .describe('The clusters and namespaces that could not be read'),
        }),
    },
    action: async ({ credentials, input }) => {
      const { cluster, namespace } = input;
      const search = input.search?.toLowerCase() ?? '';
      const { releases, failures } = await asCaller(
        credentials,
        options,
        berth =>
          collect(berth, {
            ...(cluster !== undefined && { cluster: [cluster] }),
            ...(namespace !== undefined && { namespace: [namespace] }),
          }),
      );
      const found = releases.filter(({ name, chart }) =>
        `${name} ${chart?.name ?? ''}`.toLowerCase().includes(search),
      );
      return {
        output: {
          releases: found.slice(0, MOST).map(present),
          totalItems: found.length,
          failures,
        },
      };
    },
  });
}

async function collect(berth: BerthApi, query: HelmReleaseQuery) {
  const releases = new Map<string, HelmRelease>();
  const failures: { cluster: string; message: string }[] = [];
  for await (const line of berth.listReleases(query)) {
    if (line.type === 'releases') {
      for (const one of line.items) {
        // A release comes again when its chart is known.
        releases.set(`${one.cluster}/${one.namespace}/${one.name}`, one);
      }
    } else if (line.type === 'failed') {
      failures.push({ cluster: line.cluster, message: line.message });
    }
  }
  return { releases: [...releases.values()], failures };
}

function present(release: HelmRelease) {
  const { cluster, namespace, name, chart } = release;
  const { revision, status, updatedAt, managedBy } = release;
  return {
    ...{ cluster, namespace, name, revision, status, updatedAt, managedBy },
    ...(chart && { chart: { name: chart.name, version: chart.version } }),
    url: releasePage({ cluster, namespace, release: name }),
  };
}
