import { timestamp } from '../registry/metadata';
import { JsonObject, KubeObject } from '../types';
import { conditionsOf } from './podStatus';

const FIRST_BACK_OFF_MS = 10_000;
const LONGEST_BACK_OFF_MS = 300_000;

/** Returns whether a container ends with an error soon after its start: its image has the tag `broken`, or one that ends with `-broken`. */
export function crashes({ image }: JsonObject): boolean {
  return /:(.*-)?broken$/.test(`${image}`);
}

/** Returns whether there is no such image: its tag is `missing`, or ends with `-missing`. */
export function isMissing({ image }: JsonObject): boolean {
  return /:(.*-)?missing$/.test(`${image}`);
}

/** Returns the status of a pod with an image that cannot be pulled. */
export function pullFailed(pod: KubeObject): JsonObject {
  return withContainers(pod, isMissing, (status, { image }) => ({
    ...status,
    state: {
      waiting: {
        reason: 'ImagePullBackOff',
        message: `Back-off pulling image "${image}"`,
      },
    },
  }));
}

/** Returns the status of a pod whose broken containers have just ended. */
export function crashed(pod: KubeObject): JsonObject {
  const { restartPolicy } = pod.spec ?? {};
  const ended = (status: JsonObject) => ({
    terminated: {
      exitCode: 1,
      reason: 'Error',
      startedAt: status.state?.running?.startedAt ?? timestamp(),
      finishedAt: timestamp(),
      containerID: status.containerID,
    },
  });
  const status = withContainers(pod, crashes, (before, { name }) => ({
    ...before,
    ready: false,
    started: false,
    ...(restartPolicy === 'Always'
      ? {
          lastState: ended(before),
          state: {
            waiting: {
              reason: 'CrashLoopBackOff',
              message: `back-off ${
                backOff(before.restartCount) / 1000
              }s restarting failed container=${name} pod=${pod.metadata.name}_${
                pod.metadata.namespace
              }(${pod.metadata.uid})`,
            },
          },
        }
      : { state: ended(before) }),
  }));
  return restartPolicy === 'Always' ? status : { ...status, phase: 'Failed' };
}

/** Returns the status of a pod whose broken containers have been started again. */
export function restarted(pod: KubeObject): JsonObject {
  return withContainers(pod, crashes, status => ({
    ...status,
    started: true,
    restartCount: status.restartCount + 1,
    state: { running: { startedAt: timestamp() } },
  }));
}

/** Returns the milliseconds until the broken containers of a pod are started again, as a kubelet counts them. */
export function restartAfter({ status }: KubeObject): number {
  const counts = (status?.containerStatuses ?? []).map(
    ({ restartCount }: JsonObject) => restartCount as number,
  );
  return backOff(Math.max(0, ...counts));
}

/** Returns whether a container of a pod is in a state, such as `waiting` for a reason. */
export function isWaitingFor({ status }: KubeObject, reason: string): boolean {
  return (status?.containerStatuses ?? []).some(
    ({ state }: JsonObject) => state?.waiting?.reason === reason,
  );
}

function backOff(restarts: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** restarts);
}

function withContainers(
  pod: KubeObject,
  isAffected: (container: JsonObject) => boolean,
  change: (status: JsonObject, container: JsonObject) => JsonObject,
): JsonObject {
  const affected = new Map<string, JsonObject>(
    (pod.spec?.containers ?? [])
      .filter(isAffected)
      .map((container: JsonObject) => [container.name, container]),
  );
  return {
    ...pod.status,
    conditions: conditionsOf('False'),
    containerStatuses: (pod.status?.containerStatuses ?? []).map(
      (status: JsonObject) => {
        const container = affected.get(status.name);
        return container ? change(status, container) : status;
      },
    ),
  };
}
