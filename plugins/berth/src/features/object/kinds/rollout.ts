import { at, Json, listAt, numberAt, textAt } from '../reading';

/** How far a workload is with its latest template. */
export interface Rollout {
  wanted: number;
  ready: number;
  available: number;
  /** Replicas with the latest template; absent for kinds without it. */
  updated?: number;
  state: 'complete' | 'progressing' | 'paused' | 'failed' | 'onDelete';
  /** Why the rollout failed. */
  message?: string;
}

/** Returns the rollout of a deployment, stateful set, daemon set or replica set, as `kubectl rollout status` does. */
export function rolloutOf(plural: string, object: Json): Rollout {
  const isDaemonSet = plural === 'daemonsets';
  const status = (name: string) => numberAt(object, `status.${name}`) ?? 0;
  const wanted = isDaemonSet
    ? status('desiredNumberScheduled')
    : numberAt(object, 'spec.replicas') ?? 1;
  const ready = status(isDaemonSet ? 'numberReady' : 'readyReplicas');
  const available = status(
    isDaemonSet ? 'numberAvailable' : 'availableReplicas',
  );
  const updated =
    plural === 'replicasets'
      ? undefined
      : status(isDaemonSet ? 'updatedNumberScheduled' : 'updatedReplicas');
  const failure = listAt(object, 'status.conditions').find(
    condition =>
      (textAt(condition, 'type') === 'Progressing' &&
        textAt(condition, 'reason') === 'ProgressDeadlineExceeded') ||
      (textAt(condition, 'type') === 'ReplicaFailure' &&
        textAt(condition, 'status') === 'True'),
  );
  const isSeen =
    (numberAt(object, 'status.observedGeneration') ?? Infinity) >=
    (numberAt(object, 'metadata.generation') ?? 0);
  const isDone = isSeen && isComplete();
  return {
    wanted,
    ready,
    available,
    updated,
    state: stateOf(),
    ...(failure && { message: textAt(failure, 'message') }),
  };

  function isComplete(): boolean {
    switch (plural) {
      case 'deployments':
        return (
          (updated ?? 0) >= wanted &&
          // Old replicas may still run.
          status('replicas') <= (updated ?? 0) &&
          available >= (updated ?? 0)
        );
      case 'statefulsets':
        return ready >= wanted && isSetUpdated();
      default:
        return (updated ?? wanted) >= wanted && available >= wanted;
    }
  }

  /** Returns whether the pods of a stateful set that are to change have the latest template. */
  function isSetUpdated(): boolean {
    const partition = numberAt(
      object,
      'spec.updateStrategy.rollingUpdate.partition',
    );
    return partition === undefined
      ? textAt(object, 'status.updateRevision') ===
          textAt(object, 'status.currentRevision')
      : (updated ?? 0) >= wanted - partition;
  }

  function stateOf(): Rollout['state'] {
    if (failure) {
      return 'failed';
    }
    if (at(object, 'spec.paused') === true) {
      return 'paused';
    }
    if (isDone) {
      return 'complete';
    }
    return textAt(object, 'spec.updateStrategy.type') === 'OnDelete'
      ? 'onDelete'
      : 'progressing';
  }
}
