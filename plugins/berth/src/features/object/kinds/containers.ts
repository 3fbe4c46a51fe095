import {
  at,
  isObject,
  Json,
  listAt,
  numberAt,
  textAt,
  timeAt,
} from '../reading';

/** A container of a pod, or of the template of a workload. */
export interface Container {
  name: string;
  /** `sidecar` is an init container that keeps running. */
  role: 'main' | 'init' | 'sidecar' | 'ephemeral';
  image: string;
  spec: Json;
  /** Absent for a template, and until the kubelet reports it. */
  status?: ContainerStatus;
}

export interface ContainerStatus {
  ready: boolean;
  restarts: number;
  state?: ContainerState;
  last?: ContainerState;
}

export interface ContainerState {
  phase: 'running' | 'waiting' | 'terminated';
  reason?: string;
  message?: string;
  exitCode?: number;
  signal?: number;
  startedAt?: string;
  finishedAt?: string;
}

/**
 * Returns the containers of a pod: first those that are not well.
 *
 * @param pod - an object with `spec`, and `status` if it runs: a pod, or the template of a workload
 */
export function containersOf(pod: unknown): Container[] {
  const statuses = new Map(
    [
      'status.containerStatuses',
      'status.initContainerStatuses',
      'status.ephemeralContainerStatuses',
    ]
      .flatMap(path => listAt(pod, path))
      .map(status => [textAt(status, 'name'), status]),
  );
  const read = (path: string, role: Container['role']) =>
    listAt(pod, path).map((spec): Container => {
      const name = textAt(spec, 'name') ?? '';
      const status = statuses.get(name);
      const isSidecar =
        role === 'init' && textAt(spec, 'restartPolicy') === 'Always';
      return {
        name,
        role: isSidecar ? 'sidecar' : role,
        image: textAt(spec, 'image') ?? '',
        spec,
        ...(status && { status: statusOf(status) }),
      };
    });
  return [
    ...read('spec.containers', 'main'),
    ...read('spec.initContainers', 'init'),
    ...read('spec.ephemeralContainers', 'ephemeral'),
  ].sort((one, other) => Number(isWell(one)) - Number(isWell(other)));
}

/** Returns whether a container runs, or has ended as it should. */
export function isWell({ role, status }: Container): boolean {
  const { state } = status ?? {};
  switch (state?.phase) {
    case 'waiting':
      return ['ContainerCreating', 'PodInitializing', undefined].includes(
        state.reason,
      );
    case 'terminated':
      return state.exitCode === 0;
    case 'running':
      return role === 'init' || role === 'ephemeral' || Boolean(status?.ready);
    default:
      return true;
  }
}

function statusOf(status: Json): ContainerStatus {
  return {
    ready: at(status, 'ready') === true,
    restarts: numberAt(status, 'restartCount') ?? 0,
    state: stateOf(at(status, 'state')),
    last: stateOf(at(status, 'lastState')),
  };
}

function stateOf(state: unknown): ContainerState | undefined {
  for (const phase of ['running', 'waiting', 'terminated'] as const) {
    const found = at(state, phase);
    if (isObject(found)) {
      return {
        phase,
        reason: textAt(found, 'reason'),
        message: textAt(found, 'message'),
        exitCode: numberAt(found, 'exitCode'),
        signal: numberAt(found, 'signal') || undefined,
        startedAt: timeAt(found, 'startedAt'),
        finishedAt: timeAt(found, 'finishedAt'),
      };
    }
  }
  return undefined;
}
