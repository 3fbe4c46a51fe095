import { timestamp } from '../registry/metadata';
import { nodes } from '../resources/nodes';
import { pods } from '../resources/pods';
import { JsonObject, KubeObject } from '../types';
import {
  ControllerContext,
  controllerIdentity,
  on,
  tolerate,
} from './Controller';
import {
  crashed,
  crashes,
  isMissing,
  isWaitingFor,
  pullFailed,
  restartAfter,
  restarted,
} from './brokenContainers';
import { recordEvent } from './events';
import {
  conditionOf,
  conditionsOf,
  creating,
  hash,
  running,
} from './podStatus';

const SCHEDULER = controllerIdentity('kube-scheduler');
const KUBELET = controllerIdentity('kubelet');
const LONGEST_GRACE_MS = 500;

export interface KubeletOptions {
  /** The milliseconds that a pod stays in each step on its way to Running. */
  stepMs: number;
  /** The milliseconds that a pod runs if its restartPolicy is not Always, such as that of a Job. */
  jobMs: number;
}

/**
 * Combines scheduler and kubelet: pods get a node, become Running and disappear when they are deleted. A pod
 * without a controller waits for a node as on a real cluster; pods of a controller run even if the sandbox has no
 * node.
 */
export function runKubelet(
  context: ControllerContext,
  options: KubeletOptions,
): void {
  const { queue, registry } = context;
  const consider = (pod: KubeObject) => {
    const { uid, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    if (deletionTimestamp && deletionGracePeriodSeconds) {
      queue.schedule(
        `pod-kill/${uid}`,
        Math.min(LONGEST_GRACE_MS, deletionGracePeriodSeconds * 1000),
        () => finish(context, pod),
      );
    } else if (isWaitingFor(pod, 'ImagePullBackOff')) {
      // Another image makes another pod.
    } else if (pod.status?.phase === 'Pending') {
      queue.schedule(`pod/${uid}`, options.stepMs, () => advance(context, pod));
    } else if (isWaitingFor(pod, 'CrashLoopBackOff')) {
      queue.schedule(`pod/${uid}`, restartAfter(pod), () =>
        restart(context, pod),
      );
    } else if (
      pod.status?.phase === 'Running' &&
      pod.spec?.containers?.some(crashes)
    ) {
      queue.schedule(`pod/${uid}`, options.stepMs, () => crash(context, pod));
    } else if (
      pod.status?.phase === 'Running' &&
      pod.spec?.restartPolicy !== 'Always'
    ) {
      queue.schedule(`pod/${uid}`, options.jobMs, () => complete(context, pod));
    }
  };
  on(context, pods, ({ type, object }) => {
    if (type !== 'DELETED') {
      consider(object);
    }
  });
  on(context, nodes, ({ type }) => {
    if (type === 'ADDED') {
      registry.all(pods).forEach(consider);
    }
  });
}

function addressOf(pod: KubeObject) {
  const { name, namespace } = pod.metadata;
  return { definition: pods, namespace, name };
}

/** Returns the current pod, if it is still the same one. */
function latest(
  { registry }: ControllerContext,
  pod: KubeObject,
): KubeObject | undefined {
  const found = registry.find(addressOf(pod));
  return found?.metadata.uid === pod.metadata.uid ? found : undefined;
}

function finish(context: ControllerContext, pod: KubeObject): void {
  if (latest(context, pod)) {
    recordEvent(context, pod, {
      reason: 'Killing',
      message: `Stopping container ${pod.spec?.containers?.[0]?.name}`,
      component: 'kubelet',
      host: pod.spec?.nodeName,
    });
    tolerate(() =>
      context.registry.delete(
        addressOf(pod),
        { gracePeriodSeconds: 0 },
        KUBELET,
      ),
    );
  }
}

/** Advances a pod by one step: scheduled, creating its containers, Running. */
function advance(context: ControllerContext, scheduled: KubeObject): void {
  const pod = latest(context, scheduled);
  if (!pod || pod.metadata.deletionTimestamp) {
    return;
  }
  const isScheduled = pod.status?.conditions?.some(
    (entry: JsonObject) =>
      entry.type === 'PodScheduled' && entry.status === 'True',
  );
  if (!isScheduled) {
    schedule(context, pod);
  } else if (pod.status?.containerStatuses) {
    start(context, pod);
  } else {
    setStatus(context, pod, creating(pod));
  }
}

function schedule(context: ControllerContext, pod: KubeObject): void {
  const { registry } = context;
  const candidates = registry.all(nodes).filter(node => fits(pod, node));
  if (pod.spec?.nodeName || candidates.length > 0) {
    const nodeName =
      pod.spec?.nodeName ??
      candidates[hash(pod.metadata.uid!) % candidates.length].metadata.name;
    registry.bind(addressOf(pod), nodeName, SCHEDULER);
    recordEvent(context, pod, {
      reason: 'Scheduled',
      message: `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${nodeName}`,
      component: 'default-scheduler',
    });
    return;
  }
  const count = registry.all(nodes).length;
  if (count === 0 && pod.metadata.ownerReferences?.length) {
    setStatus(context, pod, {
      ...pod.status,
      conditions: [conditionOf('PodScheduled', 'True')],
    });
    return;
  }
  const message =
    count === 0
      ? 'no nodes available to schedule pods'
      : `0/${count} nodes are available: ${count} node(s) didn't match Pod's node affinity/selector or had insufficient resources.`;
  const known = pod.status?.conditions?.find(
    (entry: JsonObject) => entry.type === 'PodScheduled',
  );
  if (known?.message === message) {
    return;
  }
  setStatus(context, pod, {
    ...pod.status,
    conditions: [
      {
        ...conditionOf('PodScheduled', 'False'),
        reason: 'Unschedulable',
        message,
      },
    ],
  });
  recordEvent(context, pod, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    component: 'default-scheduler',
  });
}

function fits(pod: KubeObject, node: KubeObject): boolean {
  const wantsGpu = (pod.spec?.containers ?? []).some(
    (container: JsonObject) => container.resources?.limits?.['nvidia.com/gpu'],
  );
  const tolerated = (taint: JsonObject) =>
    taint.effect === 'PreferNoSchedule' ||
    (pod.spec?.tolerations ?? []).some(
      (entry: JsonObject) =>
        (entry.key === taint.key || !entry.key) &&
        (entry.operator === 'Exists' || entry.value === taint.value) &&
        (!entry.effect || entry.effect === taint.effect),
    );
  return (
    !node.spec?.unschedulable &&
    (node.spec?.taints ?? []).every(tolerated) &&
    Object.entries(pod.spec?.nodeSelector ?? {}).every(
      ([key, value]) => node.metadata.labels?.[key] === value,
    ) &&
    (!wantsGpu || !!node.status?.allocatable?.['nvidia.com/gpu'])
  );
}

function start(context: ControllerContext, pod: KubeObject): void {
  const missing = pod.spec?.containers?.find(isMissing);
  if (missing) {
    setStatus(context, pod, pullFailed(pod));
    recordEvent(context, pod, {
      type: 'Warning',
      reason: 'Failed',
      message: `Failed to pull image "${missing.image}": not found`,
      component: 'kubelet',
      fieldPath: `spec.containers{${missing.name}}`,
      host: pod.spec?.nodeName,
    });
    return;
  }
  setStatus(context, pod, running(pod));
  for (const { name, image } of pod.spec?.containers ?? []) {
    const texts = [
      ['Pulled', `Container image "${image}" already present on machine`],
      ['Created', `Created container: ${name}`],
      ['Started', `Started container ${name}`],
    ];
    for (const [reason, message] of texts) {
      recordEvent(context, pod, {
        reason,
        message,
        component: 'kubelet',
        fieldPath: `spec.containers{${name}}`,
        host: pod.spec?.nodeName,
      });
    }
  }
}

function crash(context: ControllerContext, started: KubeObject): void {
  const pod = latest(context, started);
  if (!pod || pod.metadata.deletionTimestamp) {
    return;
  }
  setStatus(context, pod, crashed(pod));
  for (const { name } of pod.spec?.containers?.filter(crashes) ?? []) {
    recordEvent(context, pod, {
      type: 'Warning',
      reason: 'BackOff',
      message: `Back-off restarting failed container ${name} in pod ${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`,
      component: 'kubelet',
      fieldPath: `spec.containers{${name}}`,
      host: pod.spec?.nodeName,
    });
  }
}

function restart(context: ControllerContext, waiting: KubeObject): void {
  const pod = latest(context, waiting);
  if (pod && !pod.metadata.deletionTimestamp) {
    setStatus(context, pod, restarted(pod));
  }
}

function complete(context: ControllerContext, started: KubeObject): void {
  const pod = latest(context, started);
  if (!pod || pod.metadata.deletionTimestamp) {
    return;
  }
  setStatus(context, pod, {
    ...pod.status,
    phase: 'Succeeded',
    conditions: conditionsOf('False'),
    containerStatuses: pod.status?.containerStatuses.map(
      (status: JsonObject) => ({
        ...status,
        ready: false,
        started: false,
        state: {
          terminated: {
            exitCode: 0,
            reason: 'Completed',
            startedAt: status.state?.running?.startedAt,
            finishedAt: timestamp(),
          },
        },
      }),
    ),
  });
}

function setStatus(
  { registry }: ControllerContext,
  pod: KubeObject,
  status: JsonObject,
): void {
  tolerate(() =>
    registry.update(addressOf(pod), object => ({ ...object, status }), {
      ...KUBELET,
      fieldManager: 'kubelet',
      subresource: 'status',
    }),
  );
}
