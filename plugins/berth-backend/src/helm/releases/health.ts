import { HelmObjectHealth } from '@berth/plugin-berth-common';
import {
  JsonRecord,
  numberAt,
  recordsAt,
  textAt,
  valueAt,
} from '../../resources/objects/json';
import { statusWord } from '../../resources/objects/statusWord';
import { CopyMask } from './mask';

/** How an object does, and why. */
export interface Health {
  health: HelmObjectHealth;
  message?: string;
}

const MAX_MESSAGE = 500;
const HEALTHY: Health = { health: 'Healthy' };
/** Waiting reasons of containers that do not pass by themselves. */
const BROKEN =
  /^(CrashLoopBackOff|ImagePullBackOff|ErrImagePull|InvalidImageName|CreateContainerConfigError|CreateContainerError|RunContainerError|Error|OOMKilled|Failed)$/;

/**
 * Returns how an object does, by its status. Objects without a status are healthy once they exist.
 *
 * @param copies - hides the copies of secrets
 */
export function healthOf(object: JsonRecord, copies: CopyMask): Health {
  const { health, message } = healthByKind(object);
  return {
    health,
    ...(message !== undefined && {
      // A part of a secret is no copy that can be found.
      message: copies.text(message).slice(0, MAX_MESSAGE),
    }),
  };
}

function healthByKind(object: JsonRecord): Health {
  if (textAt(object, 'metadata', 'deletionTimestamp') !== undefined) {
    return progressing('It is being deleted');
  }
  switch (`${textAt(object, 'apiVersion')?.split('/')[0]} ${object.kind}`) {
    case 'apps Deployment':
      return deploymentHealth(object);
    case 'apps StatefulSet':
    case 'apps ReplicaSet':
      return replicasHealth(object);
    case 'apps DaemonSet':
      return daemonSetHealth(object);
    case 'batch Job':
      return jobHealth(object);
    case 'v1 Pod':
      return podHealth(object);
    case 'v1 PersistentVolumeClaim':
      return claimHealth(object);
    case 'v1 Service':
      return serviceHealth(object);
    default:
      return conditionHealth(object);
  }
}

function deploymentHealth(object: JsonRecord): Health {
  const stuck = conditionOf(object, 'Progressing', 'False');
  if (stuck?.reason === 'ProgressDeadlineExceeded') {
    return degraded(textAt(stuck, 'message'));
  }
  const failure = conditionOf(object, 'ReplicaFailure', 'True');
  return failure
    ? degraded(textAt(failure, 'message'))
    : replicasHealth(object);
}

function replicasHealth(object: JsonRecord): Health {
  if (isBehind(object)) {
    return progressing('The cluster has not seen the latest change yet');
  }
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const status = (field: string) => numberAt(object, 'status', field) ?? 0;
  const ready = status('readyReplicas');
  const updated = Math.max(wanted - keptReplicas(object), 0);
  if (status('updatedReplicas') < updated) {
    return progressing(
      `${status('updatedReplicas')} of ${updated} replicas are updated`,
    );
  }
  return ready < wanted
    ? progressing(`${ready} of ${wanted} replicas are ready`)
    : HEALTHY;
}

/** Returns how many replicas may stay as they are after a change. */
function keptReplicas(object: JsonRecord): number {
  return object.kind === 'ReplicaSet' || updatesOnDelete(object)
    ? Infinity
    : numberAt(
        object,
        ...['spec', 'updateStrategy', 'rollingUpdate', 'partition'],
      ) ?? 0;
}

/** Returns whether pods are updated when a person deletes them. */
function updatesOnDelete(object: JsonRecord): boolean {
  return textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
}

function daemonSetHealth(object: JsonRecord): Health {
  if (isBehind(object)) {
    return progressing('The cluster has not seen the latest change yet');
  }
  const status = (field: string) => numberAt(object, 'status', field) ?? 0;
  const wanted = status('desiredNumberScheduled');
  const ready = Math.min(
    status('numberReady'),
    updatesOnDelete(object) ? Infinity : status('updatedNumberScheduled'),
  );
  return ready < wanted
    ? progressing(`${ready} of ${wanted} pods are ready`)
    : HEALTHY;
}

function jobHealth(object: JsonRecord): Health {
  const failed = conditionOf(object, 'Failed', 'True');
  if (failed) {
    return degraded(reasonOf(failed));
  }
  return conditionOf(object, 'Complete', 'True') ||
    valueAt(object, 'spec', 'suspend') === true
    ? HEALTHY
    : progressing('It is running');
}

function podHealth(object: JsonRecord): Health {
  const word = statusWord('Pod', object) ?? '';
  const phase = textAt(object, 'status', 'phase');
  if (phase === 'Failed' || BROKEN.test(word.replace(/^Init:/, ''))) {
    return degraded(word);
  }
  return phase === 'Succeeded' || conditionOf(object, 'Ready', 'True')
    ? HEALTHY
    : progressing(word);
}

function claimHealth(object: JsonRecord): Health {
  switch (textAt(object, 'status', 'phase')) {
    case 'Bound':
      return HEALTHY;
    case 'Lost':
      return degraded('Its volume is lost');
    default:
      return progressing('It waits for a volume');
  }
}

function serviceHealth(object: JsonRecord): Health {
  return valueAt(object, 'spec', 'type') === 'LoadBalancer' &&
    recordsAt(object, 'status', 'loadBalancer', 'ingress').length === 0
    ? progressing('It waits for an address')
    : HEALTHY;
}

/** Judges an object of any other kind by the conditions that most of them have. */
function conditionHealth(object: JsonRecord): Health {
  const bad = ['Degraded', 'Failed', 'Stalled']
    .map(type => conditionOf(object, type, 'True'))
    .find(condition => condition !== undefined);
  if (bad) {
    return degraded(reasonOf(bad));
  }
  for (const type of ['Ready', 'Available', 'Established']) {
    const condition = conditionOf(object, type);
    if (condition) {
      return condition.status === 'True'
        ? HEALTHY
        : progressing(reasonOf(condition));
    }
  }
  return HEALTHY;
}

function reasonOf(condition: JsonRecord): string | undefined {
  return textAt(condition, 'message') ?? textAt(condition, 'reason');
}

function conditionOf(
  object: JsonRecord,
  type: string,
  status?: string,
): JsonRecord | undefined {
  return recordsAt(object, 'status', 'conditions').find(
    one => one.type === type && (status === undefined || one.status === status),
  );
}

function isBehind(object: JsonRecord): boolean {
  const seen = numberAt(object, 'status', 'observedGeneration');
  const wanted = numberAt(object, 'metadata', 'generation');
  return wanted !== undefined && (seen ?? 0) < wanted;
}

function progressing(message?: string): Health {
  return { health: 'Progressing', message };
}

function degraded(message?: string): Health {
  return { health: 'Degraded', message };
}
