import { ageColumn, count, nameColumn, text } from './columns';
import { ResourceDefinition } from './ResourceDefinition';

export const ingresses: ResourceDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingresses',
  singular: 'ingress',
  kind: 'Ingress',
  namespaced: true,
  shortNames: ['ing'],
  hasStatus: true,
  hasGeneration: true,
  columns: [
    nameColumn,
    text('Class', object => object.spec?.ingressClassName),
    text('Hosts', object => {
      const hosts = (object.spec?.rules ?? [])
        .map((rule: { host?: string }) => rule.host)
        .filter(Boolean);
      return hosts.length ? hosts.join(',') : '*';
    }),
    text(
      'Address',
      object =>
        object.status?.loadBalancer?.ingress
          ?.map(
            (entry: { ip?: string; hostname?: string }) =>
              entry.ip ?? entry.hostname,
          )
          .join(',') ?? '',
    ),
    text('Ports', object => (object.spec?.tls ? '80, 443' : '80')),
    ageColumn,
  ],
  prepareCreate(object) {
    object.status = { loadBalancer: {} };
  },
};

export const ingressClasses: ResourceDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingressclasses',
  singular: 'ingressclass',
  kind: 'IngressClass',
  namespaced: false,
  hasGeneration: true,
  columns: [
    nameColumn,
    text('Controller', object => object.spec?.controller),
    text('Parameters', object => object.spec?.parameters?.name),
    ageColumn,
  ],
};

export const runtimeClasses: ResourceDefinition = {
  group: 'node.k8s.io',
  version: 'v1',
  plural: 'runtimeclasses',
  singular: 'runtimeclass',
  kind: 'RuntimeClass',
  namespaced: false,
  columns: [nameColumn, text('Handler', object => object.handler), ageColumn],
};

export const priorityClasses: ResourceDefinition = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  plural: 'priorityclasses',
  singular: 'priorityclass',
  kind: 'PriorityClass',
  namespaced: false,
  shortNames: ['pc'],
  hasGeneration: true,
  columns: [
    nameColumn,
    count('Value', object => object.value),
    text('Global-Default', object => `${!!object.globalDefault}`),
    ageColumn,
    text('PreemptionPolicy', object => object.preemptionPolicy),
  ],
  defaults(object) {
    object.preemptionPolicy ??= 'PreemptLowerPriority';
  },
};

export const leases: ResourceDefinition = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  singular: 'lease',
  kind: 'Lease',
  namespaced: true,
  createsOnUpdate: true,
  columns: [
    nameColumn,
    text('Holder', object => object.spec?.holderIdentity),
    ageColumn,
  ],
};

export const endpointSlices: ResourceDefinition = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  singular: 'endpointslice',
  kind: 'EndpointSlice',
  namespaced: true,
  hasGeneration: true,
  columns: [
    nameColumn,
    text('AddressType', object => object.addressType),
    text('Ports', object =>
      object.ports?.map((port: { port: number }) => port.port).join(','),
    ),
    text('Endpoints', object =>
      object.endpoints
        ?.flatMap((endpoint: { addresses: string[] }) => endpoint.addresses)
        .join(','),
    ),
    ageColumn,
  ],
};

export const podDisruptionBudgets: ResourceDefinition = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  kind: 'PodDisruptionBudget',
  namespaced: true,
  shortNames: ['pdb'],
  hasStatus: true,
  hasGeneration: true,
  columns: [
    nameColumn,
    text('Min Available', object =>
      object.spec?.minAvailable === undefined
        ? 'N/A'
        : `${object.spec.minAvailable}`,
    ),
    text('Max Unavailable', object =>
      object.spec?.maxUnavailable === undefined
        ? 'N/A'
        : `${object.spec.maxUnavailable}`,
    ),
    count('Allowed Disruptions', object => object.status?.disruptionsAllowed),
    ageColumn,
  ],
};

export const horizontalPodAutoscalers: ResourceDefinition = {
  group: 'autoscaling',
  version: 'v2',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  kind: 'HorizontalPodAutoscaler',
  namespaced: true,
  shortNames: ['hpa'],
  categories: ['all'],
  hasStatus: true,
  columns: [
    nameColumn,
    text(
      'Reference',
      object =>
        `${object.spec?.scaleTargetRef?.kind}/${object.spec?.scaleTargetRef?.name}`,
    ),
    count('MinPods', object => object.spec?.minReplicas ?? 1),
    count('MaxPods', object => object.spec?.maxReplicas),
    count('Replicas', object => object.status?.currentReplicas),
    ageColumn,
  ],
};

export const validatingAdmissionPolicies: ResourceDefinition = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural: 'validatingadmissionpolicies',
  singular: 'validatingadmissionpolicy',
  kind: 'ValidatingAdmissionPolicy',
  namespaced: false,
  hasStatus: true,
  hasGeneration: true,
  columns: [
    nameColumn,
    count('Validations', object => object.spec?.validations?.length),
    text('ParamKind', object => object.spec?.paramKind?.kind ?? '<unset>'),
    ageColumn,
  ],
  defaults(object) {
    object.spec ??= {};
    object.spec.failurePolicy ??= 'Fail';
  },
};

export const validatingAdmissionPolicyBindings: ResourceDefinition = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural: 'validatingadmissionpolicybindings',
  singular: 'validatingadmissionpolicybinding',
  kind: 'ValidatingAdmissionPolicyBinding',
  namespaced: false,
  hasGeneration: true,
  columns: [
    nameColumn,
    text('PolicyName', object => object.spec?.policyName),
    text('ParamRef', object => object.spec?.paramRef?.name ?? '<unset>'),
    ageColumn,
  ],
};
