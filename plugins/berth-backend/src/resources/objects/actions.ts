import { InputError } from '@backstage/errors';
import { ObjectAction } from '@berth/plugin-berth-common';
import { assertMigAsSeen, MIG_CONFIG } from '../mig/migLabels';
import { JsonRecord, recordAt, textAt, valueAt } from './json';

/** A change of an object, as one request to the API server. */
export interface Change {
  method: 'PATCH';
  subresource?: string;
  contentType: string;
  content: unknown;
  /** Returns whether the cluster made the change. A field that it does not know is ignored without an error. */
  made?(result: unknown): boolean;
}

export const MERGE_PATCH = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
export const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
const TEMPLATE_HASH = 'pod-template-hash';

/** The name of a Job is also the value of a label of its pods. The hyphen needs one character. */
const MAX_JOB_NAME = 62;

/** What belongs to a ReplicaSet or to the Deployment itself, and does not come back with a revision. */
const NOT_OF_REVISION: ReadonlySet<string> = new Set([
  'deprecated.deployment.rollback.to',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'kubectl.kubernetes.io/last-applied-configuration',
]);

const KINDS: Record<ObjectAction['action'], readonly string[] | undefined> = {
  // Any kind may have the subresource for it.
  scale: undefined,
  restart: ['Deployment', 'StatefulSet', 'DaemonSet'],
  rollBack: ['Deployment', 'StatefulSet', 'DaemonSet'],
  pause: ['Deployment'],
  suspend: ['CronJob', 'Job'],
  runNow: ['CronJob'],
  cordon: ['Node'],
  changeMig: ['Node'],
};

const WORDS: Record<ObjectAction['action'], string> = {
  scale: 'scaled',
  restart: 'restarted',
  rollBack: 'rolled back',
  pause: 'paused',
  suspend: 'suspended',
  runNow: 'run now',
  cordon: 'cordoned',
  changeMig: 'divided with MIG',
};

/** @throws InputError if the kind has no such action */
export function assertHasAction(
  kind: string,
  action: ObjectAction['action'],
): void {
  const kinds = KINDS[action];
  if (kinds && !kinds.includes(kind)) {
    throw new InputError(
      `action "${action}" is not possible: a ${kind} cannot be ${WORDS[action]}`,
    );
  }
}

/**
 * Builds the change for an action that changes the object itself. Each has the UID of the object, so that the API
 * server refuses it for another object with the same name.
 *
 * @throws InputError if the state of the object does not allow the action
 */
export function changeFor(
  action: Exclude<ObjectAction, { action: 'rollBack' | 'runNow' }>,
  live: JsonRecord,
  now: Date,
): Change {
  const merge = (patch: JsonRecord): Change => ({
    method: 'PATCH',
    contentType: MERGE_PATCH,
    content: { metadata: { uid: action.uid }, ...patch },
  });
  switch (action.action) {
    case 'scale':
      return {
        ...merge({ spec: { replicas: action.replicas } }),
        subresource: 'scale',
      };
    case 'restart':
      assertNotPaused(live, 'restart');
      return merge({
        spec: {
          template: {
            metadata: {
              annotations: { [RESTARTED_AT]: now.toISOString() },
            },
          },
        },
      });
    case 'pause':
      return merge({ spec: { paused: action.paused } });
    case 'suspend':
      return {
        ...merge({ spec: { suspend: action.suspended } }),
        made: result =>
          (valueAt(result, 'spec', 'suspend') ?? false) === action.suspended,
      };
    case 'changeMig':
      assertMigAsSeen(live, action);
      return merge({
        metadata: {
          uid: action.uid,
          // What was checked above must still be true.
          resourceVersion: textAt(live, 'metadata', 'resourceVersion'),
          labels: { [MIG_CONFIG]: action.config },
        },
        ...(action.cordon && { spec: { unschedulable: true } }),
      });
    default:
      return merge({
        spec: { unschedulable: action.cordoned ? true : null },
      });
  }
}

/**
 * Builds the change of a Deployment back to the template of a ReplicaSet, as `kubectl rollout undo` does.
 *
 * @throws InputError if the Deployment is paused or has the template already
 */
export function rollBackDeployment(
  deployment: JsonRecord,
  replicaSet: JsonRecord,
): Change {
  assertNotPaused(deployment, 'roll back');
  const template = recordAt(replicaSet, 'spec', 'template');
  const { [TEMPLATE_HASH]: _, ...labels } = recordAt(
    template,
    'metadata',
    'labels',
  );
  const kept = Object.entries(
    recordAt(deployment, 'metadata', 'annotations'),
  ).filter(([key]) => NOT_OF_REVISION.has(key));
  const restored = Object.entries(
    recordAt(replicaSet, 'metadata', 'annotations'),
  ).filter(([key]) => !NOT_OF_REVISION.has(key));
  return {
    method: 'PATCH',
    contentType: JSON_PATCH,
    content: [
      {
        op: 'test',
        path: '/metadata/uid',
        value: textAt(deployment, 'metadata', 'uid'),
      },
      {
        op: 'replace',
        path: '/spec/template',
        value: {
          ...template,
          metadata: { ...recordAt(template, 'metadata'), labels },
        },
      },
      {
        op: 'add',
        path: '/metadata/annotations',
        value: Object.fromEntries([...kept, ...restored]),
      },
    ],
  };
}

/** Builds the change of a StatefulSet or DaemonSet back to a ControllerRevision, which holds a patch. */
export function rollBackSet(set: JsonRecord, revision: JsonRecord): Change {
  return {
    method: 'PATCH',
    contentType: STRATEGIC_PATCH,
    content: {
      metadata: { uid: textAt(set, 'metadata', 'uid') },
      spec: recordAt(revision, 'data', 'spec'),
    },
  };
}

/**
 * Builds a Job from a CronJob, as `kubectl create job --from` does.
 *
 * @param suffix - makes the name unique
 */
export function jobOf(cronJob: JsonRecord, suffix: string): JsonRecord {
  const template = recordAt(cronJob, 'spec', 'jobTemplate');
  const name = textAt(cronJob, 'metadata', 'name') ?? '';
  const labels = recordAt(template, 'metadata', 'labels');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${name.slice(0, MAX_JOB_NAME - suffix.length)}-${suffix}`,
      namespace: textAt(cronJob, 'metadata', 'namespace'),
      annotations: {
        'cronjob.kubernetes.io/instantiate': 'manual',
        ...recordAt(template, 'metadata', 'annotations'),
      },
      ...(Object.keys(labels).length > 0 && { labels }),
      ownerReferences: [
        {
          apiVersion: textAt(cronJob, 'apiVersion'),
          kind: 'CronJob',
          name,
          uid: textAt(cronJob, 'metadata', 'uid'),
        },
      ],
    },
    spec: recordAt(template, 'spec'),
  };
}

function assertNotPaused(live: JsonRecord, what: string): void {
  if (valueAt(live, 'spec', 'paused') === true) {
    throw new InputError(
      `${textAt(
        live,
        'metadata',
        'name',
      )} is paused; resume the Deployment, and then ${what} it`,
    );
  }
}
