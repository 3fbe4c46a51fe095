import { isDeepStrictEqual } from 'node:util';
import { cause } from '../status';
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
import {
  common,
  defaultTemplate,
  selectorCauses,
  templateSpec,
} from './podTemplate';
import { ResourceDefinition } from './ResourceDefinition';

const batch = { group: 'batch', version: 'v1', namespaced: true };

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
