import { timestamp } from '../registry/metadata';
import { nodes } from '../resources/nodes';
import { pods } from '../resources/pods';
import { persistentVolumeClaims } from '../resources/storage';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { jobs } from '../resources/batch';
import { daemonSets, statefulSets } from '../resources/workloads';
import { KubeObject } from '../types';
import {
  ControllerContext,
  controllerIdentity,
  on,
  tolerate,
} from './Controller';
import { recordEvent } from './events';
import {
  createPod,
  deletePod,
  isReady,
  livePodsOf,
  podsOf,
  templateHash,
  writeStatus,
} from './replicas';

type Reconcile = (context: ControllerContext, object: KubeObject) => void;

/** Runs StatefulSets, DaemonSets and Jobs, as far as a demonstration needs them. */
export function runOtherWorkloads(context: ControllerContext): void {
  const run = (definition: ResourceDefinition, reconcile: Reconcile) => {
    const wake = (namespace: string | undefined, name: string) =>
      context.queue.schedule(
        `${definition.kind}/${namespace}/${name}`,
        5,
        () => {
          const object = context.registry.find({
            definition,
            namespace,
            name,
          });
          if (object && !object.metadata.deletionTimestamp) {
            reconcile(context, object);
          }
        },
      );
    on(context, definition, ({ object }) =>
      wake(object.metadata.namespace, object.metadata.name),
    );
    on(context, pods, ({ object }) => {
      for (const owner of object.metadata.ownerReferences ?? []) {
        if (owner.kind === definition.kind) {
          wake(object.metadata.namespace, owner.name);
        }
      }
    });
  };
  run(statefulSets, reconcileStatefulSet);
  run(daemonSets, reconcileDaemonSet);
  run(jobs, reconcileJob);
}

const STATEFUL = 'statefulset-controller';

function reconcileStatefulSet(
  context: ControllerContext,
  set: KubeObject,
): void {
  const { name } = set.metadata;
  const live = podsOf(context, set);
  const wanted: number = set.spec!.replicas;
  const revision = `${name}-${templateHash(set.spec!.template)}`;
  for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
    const podName = `${name}-${ordinal}`;
    const pod = live.find(entry => entry.metadata.name === podName);
    if (!pod) {
      createClaims(context, set, podName);
      createPod(context, set, STATEFUL, {
        name: podName,
        labels: {
          'apps.kubernetes.io/pod-index': `${ordinal}`,
          'controller-revision-hash': revision,
          'statefulset.kubernetes.io/pod-name': podName,
        },
      });
      break;
    }
    if (!isReady(pod) && set.spec!.podManagementPolicy !== 'Parallel') {
      break;
    }
  }
  live
    .filter(
      pod =>
        Number(pod.metadata.name.split('-').pop()) >= wanted &&
        !pod.metadata.deletionTimestamp,
    )
    .forEach(pod => deletePod(context, set, STATEFUL, pod));
  const now = livePodsOf(context, set);
  const ready = now.filter(isReady).length;
  writeStatus(context, statefulSets, set, STATEFUL, {
    observedGeneration: set.metadata.generation,
    replicas: now.length,
    readyReplicas: ready || undefined,
    availableReplicas: ready,
    currentReplicas: now.length || undefined,
    updatedReplicas: now.length || undefined,
    currentRevision: revision,
    updateRevision: revision,
    collisionCount: 0,
  });
}

function createClaims(
  { registry }: ControllerContext,
  set: KubeObject,
  podName: string,
): void {
  for (const template of set.spec!.volumeClaimTemplates ?? []) {
    tolerate(() =>
      registry.create(
        persistentVolumeClaims,
        set.metadata.namespace,
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: {
            name: `${template.metadata.name}-${podName}`,
            labels: set.spec!.selector?.matchLabels,
          },
          spec: template.spec,
        },
        controllerIdentity(STATEFUL),
      ),
    );
  }
}

const DAEMON = 'daemonset-controller';

function reconcileDaemonSet(context: ControllerContext, set: KubeObject): void {
  const live = livePodsOf(context, set);
  const selector = Object.entries(set.spec!.template.spec.nodeSelector ?? {});
  const eligible = context.registry
    .all(nodes)
    .filter(node =>
      selector.every(([key, value]) => node.metadata.labels?.[key] === value),
    );
  for (const node of eligible) {
    const nodeName = node.metadata.name;
    if (!live.some(pod => pod.spec?.nodeName === nodeName)) {
      createPod(context, set, DAEMON, { nodeName });
    }
  }
  const ready = livePodsOf(context, set).filter(isReady).length;
  writeStatus(context, daemonSets, set, DAEMON, {
    observedGeneration: set.metadata.generation,
    desiredNumberScheduled: eligible.length,
    currentNumberScheduled: eligible.length,
    updatedNumberScheduled: eligible.length,
    numberReady: ready,
    numberAvailable: ready || undefined,
    numberMisscheduled: 0,
  });
}

const JOB = 'job-controller';

function reconcileJob(context: ControllerContext, job: KubeObject): void {
  const all = podsOf(context, job);
  const succeeded = all.filter(pod => pod.status?.phase === 'Succeeded').length;
  const live = livePodsOf(context, job);
  const { completions, parallelism, suspend } = job.spec!;
  const isComplete = succeeded >= completions;
  const wanted = Math.min(parallelism, completions - succeeded);
  if (!suspend && !isComplete) {
    for (let active = live.length; active < wanted; active += 1) {
      if (createPod(context, job, JOB, {})) {
        break;
      }
    }
  }
  const now = timestamp();
  const wasComplete = job.status?.completionTime !== undefined;
  writeStatus(context, jobs, job, JOB, {
    startTime: job.status?.startTime ?? now,
    active: livePodsOf(context, job).length || undefined,
    ready: live.filter(isReady).length,
    succeeded: succeeded || undefined,
    ...(isComplete && {
      completionTime: job.status?.completionTime ?? now,
      conditions: job.status?.conditions ?? [
        {
          type: 'Complete',
          status: 'True',
          lastProbeTime: now,
          lastTransitionTime: now,
          reason: 'CompletionsReached',
          message: 'Reached expected number of succeeded pods',
        },
      ],
    }),
  });
  if (isComplete && !wasComplete) {
    recordEvent(context, job, {
      reason: 'Completed',
      message: 'Job completed',
      component: JOB,
    });
  }
}
