import { Json, listAt, textAt, timeAt } from '../reading';

/** A condition of an object. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  /** Whether something is wrong, judged by its type. */
  tone: 'success' | 'danger' | 'pending';
  reason?: string;
  message?: string;
  since?: string;
}

/** Conditions that are wrong when they are true. Others are wrong when they are not. */
const WRONG_WHEN_TRUE =
  /Pressure$|Fail(ed|ure)|Unavailable$|Degraded$|Stalled$|Disrupt|Error/;
/** The reason for which the containers of a pod that is done are not ready. */
const COMPLETED = 'PodCompleted';
/** Conditions that are neither right nor wrong. */
const NEUTRAL = new Set(['Suspended', 'Resizing', 'Reconciling']);

/** Returns the conditions of an object, those that are wrong first. */
export function conditionsOf(object: Json): Condition[] {
  const conditions = listAt(object, 'status.conditions').map(condition => {
    const type = textAt(condition, 'type') ?? '';
    const status = statusOf(textAt(condition, 'status'));
    const reason = textAt(condition, 'reason');
    return {
      type,
      status,
      tone: reason === COMPLETED ? 'pending' : toneOf(type, status),
      reason,
      message: textAt(condition, 'message'),
      since: timeAt(condition, 'lastTransitionTime'),
    };
  });
  return [
    ...conditions.filter(({ tone }) => tone === 'danger'),
    ...conditions.filter(({ tone }) => tone !== 'danger'),
  ];
}

function statusOf(status?: string): Condition['status'] {
  return status === 'True' || status === 'False' ? status : 'Unknown';
}

function toneOf(type: string, status: Condition['status']): Condition['tone'] {
  if (status === 'Unknown' || NEUTRAL.has(type)) {
    return 'pending';
  }
  const isRight = WRONG_WHEN_TRUE.test(type)
    ? status === 'False'
    : status === 'True';
  return isRight ? 'success' : 'danger';
}

/** The conditions that the pages describe in a sentence, by kind and type. */
export const DESCRIBED = new Set([
  'pods.PodScheduled',
  'pods.Initialized',
  'pods.ContainersReady',
  'pods.Ready',
  'deployments.Available',
  'deployments.Progressing',
  'deployments.ReplicaFailure',
  'jobs.Complete',
  'jobs.Failed',
  'jobs.Suspended',
  'nodes.Ready',
  'nodes.MemoryPressure',
  'nodes.DiskPressure',
  'nodes.PIDPressure',
  'nodes.NetworkUnavailable',
]);
