import { isDeepStrictEqual } from 'node:util';
import { Cause, cause } from '../status';
import { labelSelectorMatches } from '../storage/selectors';
import { KubeObject } from '../types';
import {
  ageColumn,
  ageSince,
  count,
  duration,
  nameColumn,
  text,
  workloadColumns,
} from './columns';
import { defaultPodSpec, podSpecCauses } from './podSpec';
import { ResourceDefinition } from './ResourceDefinition';

const apps = { group: 'apps', version: 'v1', namespaced: true };
const batch = { group: 'batch', version: 'v1', namespaced: true };
const templateSpec = (object: KubeObject) => object.spec?.template?.spec;

const common = {
  categories: ['all'],
  hasStatus: true,
  hasGeneration: true,
};

function defaultTemplate(object: KubeObject): void {
  object.spec ??= {};
  if (object.spec.template?.spec) {
    object.spec.template.metadata ??= {};
    defaultPodSpec(object.spec.template.spec);
  }
}

function selectorCauses(object: KubeObject, old: KubeObject | undefined) {
  const causes: Cause[] = [];
  const selector = object.spec?.selector;
  const labels = object.spec?.template?.metadata?.labels;
  if (!selector) {
    causes.push(cause.required('spec.selector'));
  }
  if (!labelSelectorMatches(selector)(labels)) {
    causes.push(
      cause.invalid(
        'spec.template.metadata.labels',
        labels ?? {},
        '`selector` does not match template `labels`',
      ),
    );
  }
  if (old && !isDeepStrictEqual(selector, old.spec?.selector)) {
    causes.push(cause.invalid('spec.selector', selector, 'field is immutable'));
  }
  if (object.spec?.replicas < 0) {
    causes.push(
      cause.invalid(
        'spec.replicas',
        object.spec?.replicas,
        'must be greater than or equal to 0',
      ),
    );
  }
  return [
    ...causes,
    ...podSpecCauses(templateSpec(object), 'spec.template.spec'),
  ];
}

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

export const jobs: ResourceDefinition = {
  ...batch,
  ...common,
  plural: 'jobs',
  singular: 'job',
  kind: 'Job',
  columns: [
    nameColumn,
    text('Status', jobStatus),
    text(
      'Completions',
      object =>
        `${object.status?.succeeded ?? 0}/${object.spec?.completions ?? 1}`,
    ),
    text('Duration', jobDuration),
    ageColumn,
    ...workloadColumns(templateSpec),
  ],
  fields: object => ({
    'status.successful': `${object.status?.succeeded ?? 0}`,
  }),
  defaults(object) {
    defaultTemplate(object);
    const spec = object.spec!;
    spec.parallelism ??= 1;
    spec.completions ??= 1;
    spec.backoffLimit ??= 6;
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
  },
  prepareCreate(object) {
    const spec = object.spec!;
    if (!spec.selector && spec.template) {
      const labels = {
        'batch.kubernetes.io/controller-uid': object.metadata.uid!,
        'batch.kubernetes.io/job-name': object.metadata.name,
        'controller-uid': object.metadata.uid!,
        'job-name': object.metadata.name,
      };
      spec.selector = {
        matchLabels: {
          'batch.kubernetes.io/controller-uid': object.metadata.uid!,
        },
      };
      spec.template.metadata ??= {};
      spec.template.metadata.labels = {
        ...spec.template.metadata.labels,
        ...labels,
      };
    }
    object.status = {};
  },
  prepareUpdate(object, old) {
    object.spec!.selector ??= old.spec?.selector;
  },
  validate(object, old) {
    const causes = selectorCauses(object, old);
    const policy = templateSpec(object)?.restartPolicy;
    if (policy !== 'OnFailure' && policy !== 'Never') {
      causes.push(
        cause.notSupported('spec.template.spec.restartPolicy', policy, [
          'OnFailure',
          'Never',
        ]),
      );
    }
    if (old && !isDeepStrictEqual(object.spec?.template, old.spec?.template)) {
      causes.push(
        cause.invalid(
          'spec.template',
          object.spec?.template,
          'field is immutable',
        ),
      );
    }
    return causes;
  },
};

function jobStatus(job: KubeObject): string {
  const type = job.status?.conditions?.find(
    (condition: { status: string }) => condition.status === 'True',
  )?.type;
  return type ?? (job.spec?.suspend ? 'Suspended' : 'Running');
}

function jobDuration(job: KubeObject): string {
  const { startTime, completionTime } = job.status ?? {};
  if (!startTime) {
    return '';
  }
  return completionTime
    ? duration(Date.parse(completionTime) - Date.parse(startTime))
    : ageSince(startTime);
}

export const cronJobs: ResourceDefinition = {
  ...batch,
  ...common,
  plural: 'cronjobs',
  singular: 'cronjob',
  kind: 'CronJob',
  shortNames: ['cj'],
  columns: [
    nameColumn,
    text('Schedule', object => object.spec?.schedule),
    text('Timezone', object => object.spec?.timeZone),
    text('Suspend', object => (object.spec?.suspend ? 'True' : 'False')),
    count('Active', object => object.status?.active?.length),
    text('Last Schedule', object =>
      object.status?.lastScheduleTime
        ? ageSince(object.status.lastScheduleTime)
        : undefined,
    ),
    ageColumn,
    ...workloadColumns(
      object => object.spec?.jobTemplate?.spec?.template?.spec,
    ),
  ],
  defaults(object) {
    object.spec ??= {};
    object.spec.concurrencyPolicy ??= 'Allow';
    object.spec.suspend ??= false;
    object.spec.successfulJobsHistoryLimit ??= 3;
    object.spec.failedJobsHistoryLimit ??= 1;
    const podSpec = object.spec.jobTemplate?.spec?.template?.spec;
    if (podSpec) {
      defaultPodSpec(podSpec);
    }
  },
  prepareCreate(object) {
    object.status = {};
  },
  validate(object) {
    return object.spec?.schedule
      ? podSpecCauses(
          object.spec.jobTemplate?.spec?.template?.spec,
          'spec.jobTemplate.spec.template.spec',
        )
      : [cause.required('spec.schedule')];
  },
};
