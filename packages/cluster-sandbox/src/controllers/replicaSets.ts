import { timestamp } from '../registry/metadata';
import { pods } from '../resources/pods';
import { replicaSets } from '../resources/workloads';
import { ControllerContext, on } from './Controller';
import {
  condition,
  createPod,
  deletePod,
  isReady,
  livePodsOf,
  writeStatus,
} from './replicas';

const COMPONENT = 'replicaset-controller';
const RETRY_MS = 3_000;

/** Creates and deletes pods to match the replicas of each ReplicaSet. */
export function runReplicaSets(context: ControllerContext): void {
  const wake = (namespace: string | undefined, name: string) =>
    context.queue.schedule(`replicaset/${namespace}/${name}`, 5, () =>
      reconcile(context, namespace!, name),
    );
  on(context, replicaSets, ({ object }) =>
    wake(object.metadata.namespace, object.metadata.name),
  );
  on(context, pods, ({ object }) => {
    for (const owner of object.metadata.ownerReferences ?? []) {
      if (owner.kind === 'ReplicaSet') {
        wake(object.metadata.namespace, owner.name);
      }
    }
  });
}

function reconcile(
  context: ControllerContext,
  namespace: string,
  name: string,
): void {
  const set = context.registry.find({
    definition: replicaSets,
    namespace,
    name,
  });
  if (!set || set.metadata.deletionTimestamp) {
    return;
  }
  const live = livePodsOf(context, set);
  const wanted: number = set.spec!.replicas;
  let refusal: string | undefined;
  for (let made = live.length; made < wanted && !refusal; made += 1) {
    refusal = createPod(context, set, COMPONENT, {});
  }
  live
    .sort((a, b) => Number(isReady(b)) - Number(isReady(a)))
    .slice(wanted)
    .forEach(pod => deletePod(context, set, COMPONENT, pod));
  if (refusal) {
    context.queue.schedule(
      `replicaset-retry/${namespace}/${name}`,
      RETRY_MS,
      () => reconcile(context, namespace, name),
    );
  }
  const now = livePodsOf(context, set);
  const ready = now.filter(isReady).length;
  writeStatus(context, replicaSets, set, COMPONENT, {
    replicas: now.length,
    fullyLabeledReplicas: now.length || undefined,
    readyReplicas: ready || undefined,
    availableReplicas: ready || undefined,
    observedGeneration: set.metadata.generation,
    conditions: refusal
      ? [
          condition(
            set,
            'ReplicaFailure',
            'True',
            'FailedCreate',
            refusal,
            timestamp(),
          ),
        ]
      : undefined,
  });
}
