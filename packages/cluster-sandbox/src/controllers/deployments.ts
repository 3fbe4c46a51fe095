import { isDeepStrictEqual } from 'node:util';
import { timestamp } from '../registry/metadata';
import { deployments, replicaSets } from '../resources/workloads';
import { JsonObject, KubeObject } from '../types';
import {
  ControllerContext,
  controllerIdentity,
  on,
  tolerate,
} from './Controller';
import { recordEvent } from './events';
import {
  condition,
  isOwnedBy,
  ownerReference,
  templateHash,
  writeStatus,
} from './replicas';

const COMPONENT = 'deployment-controller';
const REVISION = 'deployment.kubernetes.io/revision';

/** Rolls out Deployments: one ReplicaSet per template, the newest scaled up, the others down. */
export function runDeployments(context: ControllerContext): void {
  const { queue } = context;
  const wake = (namespace: string | undefined, name: string) =>
    queue.schedule(`deployment/${namespace}/${name}`, 5, () =>
      reconcile(context, namespace!, name),
    );
  on(context, deployments, ({ object }) =>
    wake(object.metadata.namespace, object.metadata.name),
  );
  on(context, replicaSets, ({ object }) => {
    const owner = object.metadata.ownerReferences?.find(
      entry => entry.kind === 'Deployment',
    );
    if (owner) {
      wake(object.metadata.namespace, owner.name);
    }
  });
}

function reconcile(
  context: ControllerContext,
  namespace: string,
  name: string,
): void {
  const { registry } = context;
  const address = { definition: deployments, namespace, name };
  const deployment = registry.find(address);
  if (!deployment || deployment.metadata.deletionTimestamp) {
    return;
  }
  const sets = registry
    .all(replicaSets, namespace)
    .filter(set => isOwnedBy(set, deployment));
  const current =
    sets.find(set => sameTemplate(set, deployment)) ??
    createReplicaSet(context, deployment, sets.length + 1);
  if (!current) {
    return;
  }
  const others = sets.filter(set => set.metadata.uid !== current.metadata.uid);
  scale(context, deployment, current, deployment.spec!.replicas);
  if ((current.status?.readyReplicas ?? 0) >= deployment.spec!.replicas) {
    others.forEach(set => scale(context, deployment, set, 0));
  }
  const revision = current.metadata.annotations?.[REVISION];
  if (deployment.metadata.annotations?.[REVISION] !== revision) {
    tolerate(() =>
      registry.update(
        address,
        object => ({
          ...object,
          metadata: {
            ...object.metadata,
            annotations: {
              ...object.metadata.annotations,
              [REVISION]: revision!,
            },
          },
        }),
        controllerIdentity(COMPONENT),
      ),
    );
  }
  writeStatus(
    context,
    deployments,
    deployment,
    COMPONENT,
    statusOf(deployment, current, others),
  );
}

function sameTemplate(set: KubeObject, deployment: KubeObject): boolean {
  const { 'pod-template-hash': _hash, ...labels } =
    set.spec!.template.metadata?.labels ?? {};
  const template = deployment.spec!.template;
  return (
    isDeepStrictEqual(labels, template.metadata?.labels ?? {}) &&
    isDeepStrictEqual(
      set.spec!.template.metadata?.annotations,
      template.metadata?.annotations,
    ) &&
    isDeepStrictEqual(set.spec!.template.spec, template.spec)
  );
}

function createReplicaSet(
  { registry }: ControllerContext,
  deployment: KubeObject,
  revision: number,
): KubeObject | undefined {
  const { template, selector } = deployment.spec!;
  const hash = { 'pod-template-hash': templateHash(template) };
  const labels = { ...template.metadata?.labels, ...hash };
  let created: KubeObject | undefined;
  tolerate(() => {
    created = registry.create(
      replicaSets,
      deployment.metadata.namespace,
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name: `${deployment.metadata.name}-${hash['pod-template-hash']}`,
          labels,
          annotations: {
            'deployment.kubernetes.io/desired-replicas': `${
              deployment.spec!.replicas
            }`,
            'deployment.kubernetes.io/max-replicas': `${
              deployment.spec!.replicas + 1
            }`,
            [REVISION]: `${revision}`,
          },
          ownerReferences: [ownerReference(deployment)],
        },
        spec: {
          replicas: 0,
          selector: {
            ...selector,
            matchLabels: { ...selector.matchLabels, ...hash },
          },
          template: {
            ...template,
            metadata: { ...template.metadata, labels },
          },
        },
      },
      controllerIdentity(COMPONENT),
    );
  });
  return created;
}

function scale(
  context: ControllerContext,
  deployment: KubeObject,
  set: KubeObject,
  replicas: number,
): void {
  const old = set.spec!.replicas;
  if (old === replicas) {
    return;
  }
  const { name, namespace } = set.metadata;
  tolerate(() =>
    context.registry.update(
      { definition: replicaSets, namespace, name },
      object => ({ ...object, spec: { ...object.spec, replicas } }),
      controllerIdentity(COMPONENT),
    ),
  );
  recordEvent(context, deployment, {
    reason: 'ScalingReplicaSet',
    message: `Scaled ${
      replicas > old ? 'up' : 'down'
    } replica set ${name} from ${old} to ${replicas}`,
    component: COMPONENT,
  });
}

function statusOf(
  deployment: KubeObject,
  current: KubeObject,
  others: KubeObject[],
): JsonObject {
  const sum = (field: string) =>
    [current, ...others].reduce(
      (total, set) => total + (set.status?.[field] ?? 0),
      0,
    );
  const now = timestamp();
  const wanted = deployment.spec!.replicas;
  const available = sum('availableReplicas');
  const updated = current.status?.replicas ?? 0;
  const done = updated >= wanted && available >= wanted;
  const failure = current.status?.conditions?.find(
    (entry: JsonObject) => entry.type === 'ReplicaFailure',
  );
  const isAvailable = available >= wanted - Math.floor(wanted / 4);
  const setName = JSON.stringify(current.metadata.name);
  return {
    observedGeneration: deployment.metadata.generation,
    replicas: sum('replicas') || undefined,
    updatedReplicas: updated || undefined,
    readyReplicas: sum('readyReplicas') || undefined,
    availableReplicas: available || undefined,
    unavailableReplicas: Math.max(0, wanted - available) || undefined,
    conditions: [
      condition(
        deployment,
        'Available',
        isAvailable ? 'True' : 'False',
        isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        isAvailable
          ? 'Deployment has minimum availability.'
          : 'Deployment does not have minimum availability.',
        now,
      ),
      ...(failure ? [failure] : []),
      condition(
        deployment,
        'Progressing',
        'True',
        done ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
        done
          ? `ReplicaSet ${setName} has successfully progressed.`
          : `ReplicaSet ${setName} is progressing.`,
        now,
      ),
    ],
  };
}
