import * as z from 'zod';
import {
  OBJECT_NAME_RULE,
  boundedText,
  entries,
  flag,
  labelValue,
  lineOfText,
  objectName,
  oneOf,
  qualifiedName,
  webAddress,
} from './fields';
import { fieldProblemSchema } from './errors';
import { kubeconfigContentSchema } from './kubeconfig';
import { shareSchema } from './shares';
import { isDnsSubdomain } from '../kubernetesNames';
import { isSystemNamespace } from '../names';

/** Leaves 32 of a namespace's 63 characters for the rest of the name. */
const MAX_NAMESPACE_PREFIX = 31;

const prefix = boundedText(64)
  .regex(/^[!-~]*$/, 'must be printable ASCII without spaces')
  .refine(
    value => !value.toLowerCase().startsWith('system:'),
    'must not begin with "system:", because Kubernetes reserves those names',
  );

/** @public */
export const clusterStateSchema = oneOf([
  'Pending',
  'Connected',
  'Unreachable',
  'Untrusted',
  'Unauthorized',
  'Forbidden',
]).meta({
  id: 'ClusterState',
  description:
    "Whether the portal can work with a cluster. `Pending` means that no probe has finished yet.\n\n- `Unreachable`: no answer (DNS, TCP, timeout) or one that is not a Kubernetes API (protocol)\n- `Untrusted`: the TLS certificate does not verify against the given CA\n- `Unauthorized`: the API server refuses the portal's token (401)\n- `Forbidden`: the token is accepted, but its rights do not suffice (403)",
});

/** @public */
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** @public */
export const clusterCauseSchema = oneOf([
  'DNS',
  'TCP',
  'TLS',
  'Timeout',
  'Protocol',
  'Unauthorized',
  'Forbidden',
  'AnotherCluster',
]).meta({
  id: 'ClusterCause',
  description: 'The problem with a cluster, in one word.',
});

/** @public */
export type ClusterCause = z.infer<typeof clusterCauseSchema>;

/** @public */
export const clusterStatusSchema = z
  .object({
    state: clusterStateSchema,
    cause: clusterCauseSchema
      .describe('Set in every state but `Pending` and `Connected`.')
      .optional(),
    message: z
      .string()
      .describe('The problem and how to fix it, for people.')
      .optional(),
    foundUid: z
      .string()
      .describe(
        'UID of the `kube-system` that was found, where the cause is `AnotherCluster`.',
      )
      .optional(),
    checkedAt: z
      .string()
      .describe('ISO 8601 time of the last probe.')
      .optional(),
    since: z
      .string()
      .describe('ISO 8601 time of the last change of state or cause.')
      .optional(),
    lastSeenAt: z
      .string()
      .describe(
        'ISO 8601 time of the last successful probe; the figures below are from then.',
      )
      .optional(),
    version: z
      .string()
      .describe("The API server's `gitVersion`, such as `v1.33.1`.")
      .optional(),
    nodes: z.number().describe('Number of nodes.').optional(),
    cpu: z
      .string()
      .describe(
        "Sum of the nodes' `capacity.cpu`, a canonical quantity in vCPU such as `16` or `7500m`.",
      )
      .optional(),
    memory: z
      .string()
      .describe(
        "Sum of the nodes' `capacity.memory`, a canonical quantity in bytes such as `64Gi`.",
      )
      .optional(),
    pods: z.number().describe("Sum of the nodes' `capacity.pods`.").optional(),
    gpus: z
      .number()
      .describe(
        'The number of GPUs of the nodes; absent if nodes divide their GPUs into parts (MIG) and do not report how many they have.',
      )
      .optional(),
    advertisedGpus: z
      .number()
      .describe(
        'The number of GPUs that the nodes offer to pods: more than the physical ones with time-slicing and MIG.',
      )
      .optional(),
    allocatable: z
      .record(z.string(), z.string())
      .describe(
        "Sum of the nodes' `allocatable`: canonical quantities by resource name, such as `{'cpu': '15800m', 'nvidia.com/gpu': '4'}`.",
      )
      .optional(),
  })
  .meta({
    id: 'ClusterStatus',
    description: 'The result of the last probe of a cluster.',
  });

/** @public */
export type ClusterStatus = z.infer<typeof clusterStatusSchema>;

/** @public */
export const connectionStrategyNameSchema = z.string().meta({
  id: 'ConnectionStrategyName',
  description:
    'How the portal itself authenticates to a cluster: `oidc` (no stored credential, the default), `serviceAccount`, or one that a module of the portal brought.',
});

/** @public */
export type ConnectionStrategyName = z.infer<
  typeof connectionStrategyNameSchema
>;

/** @public */
export const clusterOwnerSchema = oneOf(['api', 'config']).meta({
  id: 'ClusterOwner',
  description:
    "What manages the settings of a cluster: people through the API, or the portal's configuration. The API refuses to change settings that the configuration manages.",
});

/** @public */
export type ClusterOwner = z.infer<typeof clusterOwnerSchema>;

/** @public */
export const kubectlViaSchema = oneOf(['direct', 'portal']).meta({
  id: 'KubectlVia',
  description:
    'The address in kubeconfigs: `direct` for that of the API server, `portal` for that of the portal, which passes requests on to the API server.',
});

/** @public */
export type KubectlVia = z.infer<typeof kubectlViaSchema>;

/** @public */
export const ingressDefaultsSchema = z
  .strictObject({
    className: objectName.describe('Name of the IngressClass.').optional(),
    annotations: entries(boundedText(8192)).optional(),
    tlsSecret: objectName
      .describe(
        'Name of the Secret with the TLS certificate, in the namespace of the ingress.',
      )
      .optional(),
    useDefaultCertificate: z
      .boolean()
      .describe('The ingress controller has a certificate for all hosts.')
      .optional(),
  })
  .refine(
    value =>
      Object.keys(value).length === 0 ||
      (value.tlsSecret !== undefined) !==
        (value.useDefaultCertificate === true),
    'must hold exactly one of tlsSecret and "useDefaultCertificate": true, so that it is clear which certificate is used',
  )
  .meta({
    id: 'IngressDefaults',
    description:
      'Settings for ingresses of workloads on a cluster. Exactly one of `tlsSecret` and `useDefaultCertificate: true` is set.',
  });

/** @public */
export type IngressDefaults = z.infer<typeof ingressDefaultsSchema>;

/** @public */
export const tolerationSchema = z
  .strictObject({
    key: qualifiedName
      .describe(
        'Omitted together with `operator: Exists` to tolerate every taint.',
      )
      .optional(),
    operator: oneOf(['Equal', 'Exists'])
      .describe('`Equal` by default.')
      .optional(),
    value: labelValue.describe('Only with `Equal`.').optional(),
    effect: oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
      .describe('All effects by default.')
      .optional(),
    tolerationSeconds: z
      .number()
      .int('must be a whole number')
      .describe('Only with the effect `NoExecute`.')
      .optional(),
  })
  .refine(
    ({ key, operator }) => key !== undefined || operator === 'Exists',
    'must hold a key, or the operator "Exists"',
  )
  .refine(
    ({ value, operator }) => value === undefined || operator !== 'Exists',
    'must hold no value with the operator "Exists"',
  )
  .refine(
    ({ tolerationSeconds, effect }) =>
      tolerationSeconds === undefined || effect === 'NoExecute',
    'must hold tolerationSeconds only with the effect "NoExecute"',
  )
  .meta({
    id: 'Toleration',
    description: 'A taint that workloads tolerate.',
    externalDocs: {
      url: 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
    },
  });

/** @public */
export type Toleration = z.infer<typeof tolerationSchema>;

/** @public */
export const nodePlacementSchema = z
  .strictObject({
    nodeSelector: entries(labelValue).optional(),
    tolerations: z
      .array(tolerationSchema)
      .max(64, 'must hold at most 64 tolerations')
      .optional(),
  })
  .meta({
    id: 'NodePlacement',
    description:
      'The nodes for workloads without a node selector or tolerations of their own.',
  });

/** @public */
export type NodePlacement = z.infer<typeof nodePlacementSchema>;

/** @public */
export const clusterLinkSchema = z
  .strictObject({
    title: lineOfText(200).refine(title => title !== '', 'must not be empty'),
    url: webAddress.describe('https.'),
  })
  .meta({
    id: 'ClusterLink',
    description:
      "A link to another page about a cluster, such as the provider's console.",
  });

/** @public */
export type ClusterLink = z.infer<typeof clusterLinkSchema>;

/** @public */
export const clusterDefaultsSchema = z
  .object({
    namespacePrefix: z
      .string()
      .regex(
        /^([a-z0-9][-a-z0-9]*)?$/,
        'must be lowercase letters, digits and hyphens, beginning with a letter or digit',
      )
      .max(
        MAX_NAMESPACE_PREFIX,
        `must be at most ${MAX_NAMESPACE_PREFIX} characters long`,
      )
      .refine(
        value => !isSystemNamespace(value),
        'must not start like the name of a system namespace (berth-*, kube-*, openshift-*)',
      )
      .describe(
        'Berth puts it before the names of the namespaces that it makes from then on, unless they begin with it.',
      )
      .optional(),
    defaultStorageClass: z
      .string()
      .refine(name => name === '' || isDnsSubdomain(name), OBJECT_NAME_RULE)
      .describe('Name of the StorageClass for volumes that name none.')
      .optional(),
    ingress: ingressDefaultsSchema.optional(),
    nodePlacement: nodePlacementSchema.optional(),
    labels: entries(labelValue)
      .describe(
        "With Kubernetes' rules for labels; they describe the cluster in the portal.",
      )
      .optional(),
    links: z
      .array(clusterLinkSchema)
      .max(20, 'must hold at most 20 links')
      .optional(),
  })
  .meta({
    id: 'ClusterDefaults',
    description:
      'What an admin can set for a cluster in addition to its connection. Everything is optional.',
  });

/** @public */
export type ClusterDefaults = z.infer<typeof clusterDefaultsSchema>;

/** @public */
export const credentialStatusSchema = z
  .object({
    state: oneOf(['Valid', 'RenewalFailed', 'Expired'])
      .describe(`- \`Valid\`: it works, and Berth renews it in time
- \`RenewalFailed\`: it still works, but its renewal fails
- \`Expired\`: the cluster refuses it, and an admin must enter a new one`),
    expiresAt: z.string().optional(),
    renewAt: z
      .string()
      .describe('ISO 8601 time of the next renewal.')
      .optional(),
    message: z
      .string()
      .describe('The problem and how to fix it, for people.')
      .optional(),
  })
  .meta({
    id: 'CredentialStatus',
    description:
      'The state of a stored credential of a cluster. The API never shows the credential.',
  });

/** @public */
export type CredentialStatus = z.infer<typeof credentialStatusSchema>;

/** @public */
export const clusterSchema = clusterDefaultsSchema
  .extend({
    id: z
      .string()
      .describe(
        'ULID; the audience of every token for this cluster. Immutable, never reused.',
      ),
    name: z.string().describe('Unique; lowercase letters and digits.'),
    title: z.string().optional(),
    apiServer: z.string().describe('`https://host[:port]` of the API server.'),
    caData: z
      .string()
      .describe(
        "The CA bundle as base64 of PEM, as in a kubeconfig's `certificate-authority-data`.",
      ),
    connection: connectionStrategyNameSchema,
    kubectlVia: kubectlViaSchema,
    usernamePrefix: z
      .string()
      .describe(
        'The prefix that the API server puts before user names (`--oidc-username-prefix`); often empty.',
      ),
    groupsPrefix: z
      .string()
      .describe(
        'The prefix that the API server puts before group names (`--oidc-groups-prefix`); often empty.',
      ),
    credential: credentialStatusSchema
      .describe(
        'The state of the stored credential, if the connection has one; for admins.',
      )
      .optional(),
    owner: clusterOwnerSchema,
    configMissingSince: z
      .string()
      .describe(
        'ISO 8601 time since when the cluster is missing from the configuration that owns it. Only then may the API delete it.',
      )
      .optional(),
    etag: z
      .string()
      .describe(
        'The `ETag` of the settings. With it as `If-Match`, a PATCH fails with 412 if someone else has changed them since.',
      ),
    status: clusterStatusSchema,
    shares: z
      .array(shareSchema)
      .describe(
        'All shares for an admin; for others the shares of their own groups.',
      ),
    createdAt: z.string(),
  })
  .meta({ id: 'Cluster', description: 'A registered Kubernetes API server.' });

/** @public */
export type Cluster = z.infer<typeof clusterSchema>;

/** @public */
export const createClusterRequestSchema = z
  .strictObject({
    name: boundedText(200).describe(
      'Cleaned by `cleanClusterName`; the response carries the cleaned name.',
    ),
    title: lineOfText(200).optional(),
    apiServer: z.string(),
    caData: z.string().describe('PEM, or base64 of PEM.'),
    connection: connectionStrategyNameSchema.optional(),
    kubectlVia: kubectlViaSchema.describe('`direct` by default.').optional(),
    credential: z
      .record(z.string(), z.string())
      .describe(
        'The credential for the connection strategy, such as `{token}` for `serviceAccount`. It is never shown again.',
      )
      .optional(),
    usernamePrefix: prefix
      .refine(
        value => value !== '-',
        'must be empty if the API server adds no prefix to user names (only the flag itself uses "-")',
      )
      .optional(),
    groupsPrefix: prefix.optional(),
    ...clusterDefaultsSchema.shape,
  })
  .meta({
    id: 'CreateClusterRequest',
    description: 'The body of `POST /clusters`.',
  });

/** @public */
export type CreateClusterRequest = z.infer<typeof createClusterRequestSchema>;

/** @public */
export const registerKubeconfigRequestSchema = z
  .strictObject({
    ...createClusterRequestSchema.omit({
      name: true,
      apiServer: true,
      caData: true,
    }).shape,
    name: createClusterRequestSchema.shape.name
      .describe("The name of the kubeconfig's cluster by default.")
      .optional(),
    kubeconfig: z
      .string()
      .describe(
        "The text of the file. Berth stores no credential of it, except the token of the context's user if `connection` is `serviceAccount`.",
      ),
    context: z
      .string()
      .describe('A context of the kubeconfig; required if it has several.')
      .optional(),
  })
  .meta({
    id: 'RegisterKubeconfigRequest',
    description:
      'The body of `POST /clusters` for a cluster whose address and CA are in a kubeconfig.',
  });

/** @public */
export type RegisterKubeconfigRequest = z.infer<
  typeof registerKubeconfigRequestSchema
>;

/** @public */
export const updateClusterRequestSchema = createClusterRequestSchema
  .omit({ name: true })
  .partial()
  .meta({
    id: 'UpdateClusterRequest',
    description:
      'The body of `PATCH /clusters/{name}`. Omitted settings stay; an empty text, object or list removes a setting. Objects and lists are replaced as a whole.',
  });

/** @public */
export type UpdateClusterRequest = z.infer<typeof updateClusterRequestSchema>;

/** @public */
export const clusterPreviewSchema = z
  .object({
    name: z
      .string()
      .describe(
        'The cleaned name; empty if the input has no usable character.',
      ),
    apiServer: z.string().optional(),
    caData: z.string().describe('base64 of PEM.').optional(),
    connection: connectionStrategyNameSchema,
    kubeconfig: kubeconfigContentSchema
      .describe(
        'The content of the kubeconfig, if there is one, without credentials.',
      )
      .optional(),
    problems: z
      .array(fieldProblemSchema)
      .describe('Empty if the same request without `dryRun` can succeed.'),
  })
  .meta({
    id: 'ClusterPreview',
    description:
      'The answer to `POST /clusters?dryRun=true`: the cluster that would be registered.',
  });

/** @public */
export type ClusterPreview = z.infer<typeof clusterPreviewSchema>;

/** @public */
export const leftoverResourceSchema = z
  .object({
    kind: z.string(),
    namespace: z.string().describe('Empty where the kind has none.'),
    name: z.string(),
    removable: z
      .boolean()
      .describe(
        "Whether a clean-up deletes it. A clean-up keeps what people's work depends on, such as namespaces.",
      ),
  })
  .meta({
    id: 'LeftoverResource',
    description: 'An object that Berth created on a cluster.',
  });

/** @public */
export type LeftoverResource = z.infer<typeof leftoverResourceSchema>;

/** @public */
export const leftoverResourceListSchema = z
  .object({
    items: z.array(leftoverResourceSchema),
    totalItems: z.number(),
    reachable: z
      .boolean()
      .describe('Whether the cluster answers, so that a clean-up is possible.'),
    message: z
      .string()
      .describe('Why a clean-up is not possible, for people.')
      .optional(),
  })
  .meta({
    id: 'LeftoverResourceList',
    description:
      'The objects that stay on a cluster when it is deleted from the portal.',
  });

/** @public */
export type LeftoverResourceList = z.infer<typeof leftoverResourceListSchema>;

/** @public */
export const deleteClusterQuerySchema = z.strictObject({
  cleanUp: flag.optional(),
});
