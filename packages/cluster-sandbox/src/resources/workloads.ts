import { ageColumn, count, nameColumn, text, workloadColumns } from './columns';
import {
  common,
  defaultTemplate,
  selectorCauses,
  templateSpec,
} from './podTemplate';
import { ResourceDefinition } from './ResourceDefinition';

const apps = { group: 'apps', version: 'v1', namespaced: true };
export const deployments: ResourceDefinition = {
  ...apps,
  ...common,
  plural: 'deployments',
  singular: 'deployment',
  kind: 'Deployment',
  shortNames: ['deploy'],
  hasScale: true,
  columns: [
    nameColumn,
    text(
      'Ready',
      object =>
        `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 0}`,
    ),
    count('Up-to-date', object => object.status?.updatedReplicas),
    count('Available', object => object.status?.availableReplicas),
    ageColumn,
    ...workloadColumns(templateSpec),
  ],
  defaults(object) {
    defaultTemplate(object);
    const spec = object.spec!;
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    spec.strategy ??= {};
    spec.strategy.type ??= 'RollingUpdate';
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate ??= {};
      spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
      spec.strategy.rollingUpdate.maxSurge ??= '25%';
    }
  },
  validate: selectorCauses,
};

export const replicaSets: ResourceDefinition = {
  ...apps,
  ...common,
  plural: 'replicasets',
  singular: 'replicaset',
  kind: 'ReplicaSet',
  shortNames: ['rs'],
  hasScale: true,
  columns: [
    nameColumn,
    count('Desired', object => object.spec?.replicas),
    count('Current', object => object.status?.replicas),
    count('Ready', object => object.status?.readyReplicas),
    ageColumn,
    ...workloadColumns(templateSpec),
  ],
  defaults(object) {
    defaultTemplate(object);
    object.spec!.replicas ??= 1;
  },
  validate: selectorCauses,
};

export const statefulSets: ResourceDefinition = {
  ...apps,
  ...common,
  plural: 'statefulsets',
  singular: 'statefulset',
  kind: 'StatefulSet',
  shortNames: ['sts'],
  hasScale: true,
  columns: [
    nameColumn,
    text(
      'Ready',
      object =>
        `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 0}`,
    ),
    ageColumn,
    ...workloadColumns(templateSpec).slice(0, 2),
  ],
  defaults(object) {
    defaultTemplate(object);
    const spec = object.spec!;
    spec.replicas ??= 1;
    spec.podManagementPolicy ??= 'OrderedReady';
    spec.revisionHistoryLimit ??= 10;
    spec.updateStrategy ??= {
      type: 'RollingUpdate',
      rollingUpdate: { partition: 0 },
    };
  },
  validate: selectorCauses,
};

export const daemonSets: ResourceDefinition = {
  ...apps,
  ...common,
  plural: 'daemonsets',
  singular: 'daemonset',
  kind: 'DaemonSet',
  shortNames: ['ds'],
  columns: [
    nameColumn,
    count('Desired', object => object.status?.desiredNumberScheduled),
    count('Current', object => object.status?.currentNumberScheduled),
    count('Ready', object => object.status?.numberReady),
    count('Up-to-date', object => object.status?.updatedNumberScheduled),
    count('Available', object => object.status?.numberAvailable),
    text('Node Selector', object => {
      const selector = templateSpec(object)?.nodeSelector;
      return selector
        ? Object.entries(selector)
            .map(([key, value]) => `${key}=${value}`)
            .join(',')
        : undefined;
    }),
    ageColumn,
    ...workloadColumns(templateSpec),
  ],
  defaults(object) {
    defaultTemplate(object);
    object.spec!.revisionHistoryLimit ??= 10;
    object.spec!.updateStrategy ??= {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
    };
  },
  validate: selectorCauses,
};

export const controllerRevisions: ResourceDefinition = {
  ...apps,
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  kind: 'ControllerRevision',
  columns: [
    nameColumn,
    text('Controller', object => object.metadata.ownerReferences?.[0]?.name),
    count('Revision', object => object.revision),
    ageColumn,
  ],
};
