import { createHash } from 'node:crypto';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { pods } from '../resources/pods';
import { StatusError } from '../status';
import { JsonObject, KubeObject } from '../types';
import { ControllerContext, controllerIdentity, tolerate } from './Controller';
import { recordEvent } from './events';

/** Returns a short, stable name for a pod template. */
export function templateHash(template: unknown): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  const digest = createHash('sha256').update(JSON.stringify(template)).digest();
  return [...digest.subarray(0, 9)]
    .map(byte => alphabet[byte % alphabet.length])
    .join('');
}

export function ownerReference(owner: KubeObject) {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid!,
    controller: true,
    blockOwnerDeletion: true,
  };
}

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return !!object.metadata.ownerReferences?.some(
    entry => entry.controller && entry.uid === owner.metadata.uid,
  );
}

/** Returns the pods of an owner that are neither terminating nor finished. */
export function livePodsOf(
  { registry }: ControllerContext,
  owner: KubeObject,
): KubeObject[] {
  return podsOf({ registry }, owner).filter(
    pod =>
      !pod.metadata.deletionTimestamp &&
      !['Succeeded', 'Failed'].includes(pod.status?.phase),
  );
}

export function podsOf(
  { registry }: Pick<ControllerContext, 'registry'>,
  owner: KubeObject,
): KubeObject[] {
  return registry
    .all(pods, owner.metadata.namespace)
    .filter(pod => isOwnedBy(pod, owner));
}

export function isReady(pod: KubeObject): boolean {
  return !!pod.status?.conditions?.some(
    ({ type, status }: JsonObject) => type === 'Ready' && status === 'True',
  );
}

/**
 * Creates a pod from an owner's template, and records an event.
 *
 * @returns the message of the refusal; undefined if the pod was created
 */
export function createPod(
  context: ControllerContext,
  owner: KubeObject,
  component: string,
  metadata: {
    name?: string;
    labels?: Record<string, string>;
    nodeName?: string;
  },
): string | undefined {
  const template = owner.spec!.template;
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: metadata.name ?? '',
      generateName: `${owner.metadata.name}-`,
      labels: { ...template.metadata?.labels, ...metadata.labels },
      annotations: template.metadata?.annotations,
      ownerReferences: [ownerReference(owner)],
    },
    spec: {
      ...template.spec,
      ...(metadata.nodeName && { nodeName: metadata.nodeName }),
    },
  };
  try {
    const created = context.registry.create(
      pods,
      owner.metadata.namespace,
      pod,
      controllerIdentity(component),
    );
    recordEvent(context, owner, {
      reason: 'SuccessfulCreate',
      message: `Created pod: ${created.metadata.name}`,
      component,
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason === 'AlreadyExists') {
      return undefined;
    }
    recordEvent(context, owner, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${error.message}`,
      component,
    });
    return error.message;
  }
}

export function deletePod(
  context: ControllerContext,
  owner: KubeObject,
  component: string,
  pod: KubeObject,
): void {
  const { name, namespace } = pod.metadata;
  tolerate(() => {
    context.registry.delete(
      { definition: pods, namespace, name },
      {},
      controllerIdentity(component),
    );
    recordEvent(context, owner, {
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
      component,
    });
  });
}

/** Writes the status of a workload. */
export function writeStatus(
  { registry }: ControllerContext,
  definition: ResourceDefinition,
  object: KubeObject,
  component: string,
  status: JsonObject,
): void {
  const { name, namespace } = object.metadata;
  tolerate(() =>
    registry.update(
      { definition, namespace, name },
      current => ({
        ...current,
        status: JSON.parse(JSON.stringify(status)),
      }),
      { ...controllerIdentity(component), subresource: 'status' },
    ),
  );
}

/** Returns a condition, whose time changes only with its status. */
export function condition(
  object: KubeObject,
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
  now: string,
): JsonObject {
  const old = object.status?.conditions?.find(
    (entry: JsonObject) => entry.type === type,
  );
  const same = old?.status === status;
  const unchanged = same && old.reason === reason && old.message === message;
  return {
    type,
    status,
    lastUpdateTime: unchanged ? old.lastUpdateTime : now,
    lastTransitionTime: same ? old.lastTransitionTime : now,
    reason,
    message,
  };
}
