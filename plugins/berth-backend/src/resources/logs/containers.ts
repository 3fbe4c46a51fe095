import { LogLine } from '@berth/plugin-berth-common';

type Kind = Extract<LogLine, { type: 'source' }>['kind'];

/** The parts of a pod that its logs need. Every field comes from a cluster, and may be absent. */
export interface LogPod {
  metadata: { name: string; uid?: string; creationTimestamp?: string };
  spec?: {
    containers?: ContainerSpec[];
    initContainers?: ContainerSpec[];
    ephemeralContainers?: ContainerSpec[];
  };
  status?: {
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
    ephemeralContainerStatuses?: ContainerStatus[];
    reason?: string;
    phase?: string;
  };
}

interface ContainerSpec {
  name: string;
  restartPolicy?: string;
}

interface ContainerStatus {
  name: string;
  containerID?: string;
  restartCount?: number;
  state?: ContainerState;
  lastState?: ContainerState;
}

interface ContainerState {
  waiting?: { reason?: string };
  running?: object;
  terminated?: { reason?: string; exitCode?: number };
}

/** A container of a pod, as far as its log is concerned. */
export interface LogContainer {
  pod: string;
  container: string;
  kind: Kind;
  /** Changes with each start of the container. */
  run: string;
  state: 'waiting' | 'running' | 'terminated';
  /** Why the container does not run, for people. */
  reason: string;
  /** Whether there is a log of the run before. */
  restarted: boolean;
}

/** Returns the containers of a pod in the order in which they start. */
export function containersOf(pod: LogPod): LogContainer[] {
  const { spec = {}, status = {} } = pod;
  const describe = (
    specs: ContainerSpec[] = [],
    statuses: ContainerStatus[] = [],
    kindOf: (spec: ContainerSpec) => Kind,
  ) =>
    specs.map(one =>
      describeContainer(
        pod,
        { name: one.name, kind: kindOf(one) },
        statuses.find(({ name }) => name === one.name),
      ),
    );
  return [
    ...describe(spec.initContainers, status.initContainerStatuses, one =>
      one.restartPolicy === 'Always' ? 'sidecar' : 'init',
    ),
    ...describe(spec.containers, status.containerStatuses, () => 'container'),
    ...describe(
      spec.ephemeralContainers,
      status.ephemeralContainerStatuses,
      () => 'ephemeral',
    ),
  ];
}

function describeContainer(
  { metadata, status: podStatus }: LogPod,
  { name, kind }: { name: string; kind: Kind },
  status: ContainerStatus | undefined,
): LogContainer {
  const { running, terminated, waiting } = status?.state ?? {};
  const restarted = status?.lastState?.terminated !== undefined;
  const found = {
    pod: metadata.name,
    container: name,
    kind,
    run: `${metadata.uid} ${status?.containerID ?? ''} ${
      status?.restartCount ?? 0
    }`,
    restarted,
  };
  if (running) {
    return { ...found, state: 'running', reason: '' };
  }
  if (terminated) {
    const { exitCode = 0, reason = 'Completed' } = terminated;
    return {
      ...found,
      state: 'terminated',
      reason: `The container ended: ${reason} (exit code ${exitCode})`,
    };
  }
  const why = waiting?.reason ?? podStatus?.reason ?? podStatus?.phase;
  return {
    ...found,
    state: 'waiting',
    reason: `The container ${
      restarted ? 'waits to start again' : 'has not started'
    }${why === undefined ? '' : `: ${why}`}`,
  };
}
