import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions, asCaller } from './ApiAsCaller';

/** Registers `berth:request-namespace`. */
export function registerRequestNamespace(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  options.actionsRegistry.register({
    name: 'request-namespace',
    title: 'Request a Kubernetes namespace',
    description:
      'Requests a new Kubernetes namespace for one of the caller’s groups. A request that the rules allow is approved at once; others wait for an approver. A repeated call with the same idempotency key returns the same request.',
    attributes: { destructive: false, idempotent: false, readOnly: false },
    schema: {
      input: z =>
        z.object({
          cluster: z.string().describe('Name of the cluster'),
          namespace: z
            .string()
            .describe('Name of the new namespace: a DNS label'),
          group: z
            .string()
            .describe(
              'Entity ref of the group that will answer for it and be its admin; one of those of the caller',
            ),
          system: z
            .string()
            .optional()
            .describe('Entity ref of the System that it will be part of'),
          sizeClass: z.string().describe('Name of a size class, such as small'),
          purpose: z
            .string()
            .optional()
            .describe('What it is for, in one line; read by who decides'),
          expiresAt: z
            .string()
            .optional()
            .describe("ISO 8601 time when the group's role ends"),
          idempotencyKey: z
            .string()
            .optional()
            .describe(
              'Of the choice of the caller: up to 200 printable ASCII characters without spaces',
            ),
        }),
      output: z =>
        z.object({
          requestId: z.string(),
          requestUrl: z
            .string()
            .describe('Path of the page of the request in the portal'),
          state: z
            .string()
            .describe('Such as Submitted, AutoApproved, Provisioning, Ready'),
          reasons: z
            .array(z.string())
            .describe('What the rules said of it, in words'),
          approvers: z
            .array(z.string())
            .describe('Entity refs of those who may decide'),
        }),
    },
    action: async ({ credentials, input }) => {
      const { sizeClass, ...spec } = input;
      const { id, state, verdict } = await asCaller(
        credentials,
        options,
        berth =>
          berth.createRequest({
            kind: 'namespace',
            ...spec,
            quota: { sizeClass },
          }),
      );
      return {
        output: {
          requestId: id,
          requestUrl: `/berth/requests/${id}`,
          state,
          reasons: verdict?.reasons ?? [],
          approvers: verdict?.approvers ?? [],
        },
      };
    },
  });
}
