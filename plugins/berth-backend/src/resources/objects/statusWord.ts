import { JsonRecord, numberAt, recordsAt, textAt, valueAt } from './json';

/** Returns a word or two about the state of an object, as `kubectl get` has them. */
export function statusWord(
  kind: string,
  object: JsonRecord,
): string | undefined {
  switch (kind) {
    case 'Pod':
      return podStatus(object);
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return `${numberAt(object, 'status', 'readyReplicas') ?? 0}/${
        numberAt(object, 'spec', 'replicas') ?? 1
      } ready`;
    case 'DaemonSet':
      return `${numberAt(object, 'status', 'numberReady') ?? 0}/${
        numberAt(object, 'status', 'desiredNumberScheduled') ?? 0
      } ready`;
    case 'Job':
      return trueCondition(object) ?? 'Running';
    case 'CronJob':
      return valueAt(object, 'spec', 'suspend') === true
        ? 'Suspended'
        : textAt(object, 'spec', 'schedule');
    case 'Service':
      return textAt(object, 'spec', 'type');
    case 'Node':
      return nodeStatus(object);
    default:
      return textAt(object, 'status', 'phase');
  }
}

function podStatus(pod: JsonRecord): string | undefined {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== undefined) {
    return 'Terminating';
  }
  const reasons = ['initContainerStatuses', 'containerStatuses'].flatMap(
    field =>
      recordsAt(pod, 'status', field).map(
        container =>
          textAt(container, 'state', 'waiting', 'reason') ??
          textAt(container, 'state', 'terminated', 'reason'),
      ),
  );
  return (
    reasons.find(reason => reason !== undefined && reason !== 'Completed') ??
    textAt(pod, 'status', 'reason') ??
    textAt(pod, 'status', 'phase')
  );
}

function trueCondition(object: JsonRecord): string | undefined {
  return recordsAt(object, 'status', 'conditions')
    .filter(({ status }) => status === 'True')
    .map(condition => textAt(condition, 'type'))
    .find(
      type => type === 'Complete' || type === 'Failed' || type === 'Suspended',
    );
}

function nodeStatus(node: JsonRecord): string {
  const ready = recordsAt(node, 'status', 'conditions').some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  return `${ready ? 'Ready' : 'NotReady'}${
    valueAt(node, 'spec', 'unschedulable') === true
      ? ', scheduling disabled'
      : ''
  }`;
}
