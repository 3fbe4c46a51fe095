import { timestamp } from '../registry/metadata';
import { JsonObject, KubeObject } from '../types';

/** Returns a condition whose status has just changed. */
export function conditionOf(
  type: string,
  status: 'True' | 'False',
): JsonObject {
  return {
    type,
    status,
    lastProbeTime: null,
    lastTransitionTime: timestamp(),
  };
}

/** Returns all conditions of a pod with a node. */
export function conditionsOf(ready: 'True' | 'False'): JsonObject[] {
  return [
    conditionOf('PodReadyToStartContainers', ready),
    conditionOf('Initialized', 'True'),
    conditionOf('Ready', ready),
    conditionOf('ContainersReady', ready),
    conditionOf('PodScheduled', 'True'),
  ];
}

/** Returns a pod's status while its containers are being created. */
export function creating(pod: KubeObject): JsonObject {
  return {
    ...pod.status,
    hostIP: '10.0.0.10',
    startTime: timestamp(),
    conditions: conditionsOf('False'),
    containerStatuses: (pod.spec?.containers ?? []).map(
      ({ name, image }: JsonObject) => ({
        name,
        image,
        imageID: '',
        ready: false,
        started: false,
        restartCount: 0,
        lastState: {},
        state: { waiting: { reason: 'ContainerCreating' } },
      }),
    ),
  };
}

/** Returns a pod's status once its containers run. */
export function running(pod: KubeObject): JsonObject {
  const number = hash(pod.metadata.uid!);
  const podIP = `10.244.${(number >> 8) % 250}.${(number % 250) + 1}`;
  const digest = number.toString(16).padStart(8, '0').repeat(8);
  return {
    ...creating(pod),
    startTime: pod.status?.startTime ?? timestamp(),
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: conditionsOf('True'),
    containerStatuses: (pod.spec?.containers ?? []).map(
      ({ name, image }: JsonObject) => ({
        name,
        image,
        imageID: `${`${image}`.split(':')[0]}@sha256:${digest}`,
        containerID: `containerd://${digest}`,
        ready: true,
        started: true,
        restartCount: 0,
        lastState: {},
        state: { running: { startedAt: timestamp() } },
      }),
    ),
  };
}

/** Computes a number that is always the same for the same text. */
export function hash(text: string): number {
  let value = 7;
  for (const character of text) {
    value = (value * 31 + character.charCodeAt(0)) >>> 0;
  }
  return value >>> 1;
}
