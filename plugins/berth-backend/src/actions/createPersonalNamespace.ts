import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions, asCaller } from './ApiAsCaller';

/** Registers `berth:create-personal-namespace`. */
export function registerCreatePersonalNamespace(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  options.actionsRegistry.register({
    name: 'create-personal-namespace',
    title: 'Create my personal Kubernetes namespace',
    description:
      'Creates the personal Kubernetes namespace of the caller on a cluster, or returns the one that exists. The portal chooses the name and the quota. Only clusters with personal namespaces have them.',
    attributes: { destructive: false, idempotent: true, readOnly: false },
    schema: {
      input: z =>
        z.object({ cluster: z.string().describe('Name of the cluster') }),
      output: z =>
        z.object({
          cluster: z.string(),
          namespace: z.string().describe('Name of the namespace'),
          namespaceUrl: z
            .string()
            .describe('Path of the page of the namespace in the portal'),
          state: z
            .enum(['Pending', 'Ready', 'Failed'])
            .describe(
              'Ready once the cluster has it and the caller may use it',
            ),
          message: z.string().optional().describe('Why it is not ready'),
        }),
    },
    action: async ({ credentials, input }) => {
      const { cluster, name, state, message } = await asCaller(
        credentials,
        options,
        berth => berth.createPersonalNamespace(input.cluster),
      );
      return {
        output: {
          cluster,
          namespace: name,
          namespaceUrl: `/berth/clusters/${cluster}/namespaces/${name}`,
          state,
          message,
        },
      };
    },
  });
}
