import { cause } from '../status';
import { JsonObject, KubeObject } from '../types';
import { ageColumn, nameColumn, text } from './columns';
import { allContainers, defaultPodSpec, podSpecCauses } from './podSpec';
import { ResourceDefinition } from './ResourceDefinition';

export const pods: ResourceDefinition = {
  group: '',
  version: 'v1',
  plural: 'pods',
  singular: 'pod',
  kind: 'Pod',
  namespaced: true,
  shortNames: ['po'],
  categories: ['all'],
  hasStatus: true,
  returnsDeleted: true,
  subresources: [
    { name: 'log', kind: 'Pod', verbs: ['get'] },
    { name: 'attach', kind: 'PodAttachOptions', verbs: ['create', 'get'] },
    { name: 'exec', kind: 'PodExecOptions', verbs: ['create', 'get'] },
    {
      name: 'eviction',
      kind: 'Eviction',
      group: 'policy',
      version: 'v1',
      verbs: ['create'],
    },
    { name: 'binding', kind: 'Binding', verbs: ['create'] },
  ],
  columns: [
    nameColumn,
    text('Ready', readyCount),
    text('Status', podReason),
    text('Restarts', object => `${restarts(object)}`),
    ageColumn,
    text('IP', object => object.status?.podIP, 1),
    text('Node', object => object.spec?.nodeName, 1),
    text('Nominated Node', object => object.status?.nominatedNodeName, 1),
    text(
      'Readiness Gates',
      object => (object.spec?.readinessGates ? '0/1' : undefined),
      1,
    ),
  ],
  fields: object => ({
    'spec.nodeName': object.spec?.nodeName ?? '',
    'spec.restartPolicy': object.spec?.restartPolicy ?? '',
    'spec.schedulerName': object.spec?.schedulerName ?? '',
    'spec.serviceAccountName': object.spec?.serviceAccountName ?? '',
    'status.phase': object.status?.phase ?? '',
    'status.podIP': object.status?.podIP ?? '',
    'status.nominatedNodeName': object.status?.nominatedNodeName ?? '',
  }),
  defaults(object) {
    object.spec ??= {};
    defaultPodSpec(object.spec);
    object.spec.enableServiceLinks ??= true;
  },
  prepareCreate(object) {
    object.status = { phase: 'Pending', qosClass: qualityOfService(object) };
  },
  validate(object, old) {
    if (old) {
      return immutableSpec(object, old)
        ? []
        : [
            cause.forbidden(
              'spec',
              'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
            ),
          ];
    }
    return podSpecCauses(object.spec, 'spec');
  },
};

function immutableSpec(object: KubeObject, old: KubeObject): boolean {
  return fixedPart(object.spec) === fixedPart(old.spec);
}

/** Serializes the immutable part of a spec, in an order that does not depend on the writer. */
function fixedPart(spec: JsonObject | undefined): string {
  const {
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    terminationGracePeriodSeconds: _grace,
    schedulingGates: _gates,
    ...rest
  } = spec ?? {};
  return JSON.stringify(
    {
      ...rest,
      containers: withoutImages(rest.containers),
      initContainers: withoutImages(rest.initContainers),
    },
    sorted,
  );
}

function withoutImages(containers: JsonObject[] | undefined) {
  return containers?.map(({ image: _image, ...rest }) => rest);
}

function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).sort());
}

/** Returns Guaranteed, Burstable or BestEffort. */
export function qualityOfService(pod: KubeObject): string {
  const containers = allContainers(pod.spec);
  const resources = containers.map(container => container.resources ?? {});
  if (
    resources.every(
      entry =>
        Object.keys(entry.requests ?? {}).length === 0 &&
        Object.keys(entry.limits ?? {}).length === 0,
    )
  ) {
    return 'BestEffort';
  }
  const guaranteed = resources.every(entry =>
    ['cpu', 'memory'].every(
      name =>
        entry.limits?.[name] !== undefined &&
        (entry.requests?.[name] ?? entry.limits[name]) === entry.limits[name],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function statuses(pod: KubeObject): JsonObject[] {
  return pod.status?.containerStatuses ?? [];
}

function readyCount(pod: KubeObject): string {
  const ready = statuses(pod).filter(status => status.ready).length;
  return `${ready}/${pod.spec?.containers?.length ?? 0}`;
}

function restarts(pod: KubeObject): number {
  return statuses(pod).reduce(
    (sum, status) => sum + (status.restartCount ?? 0),
    0,
  );
}

/** Returns the status word of `kubectl get pods`. */
function podReason(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) {
    return 'Terminating';
  }
  for (const { state } of statuses(pod)) {
    const reason = state?.waiting?.reason ?? state?.terminated?.reason;
    if (reason) {
      return reason;
    }
  }
  return pod.status?.reason ?? pod.status?.phase ?? 'Unknown';
}
