import { RESOURCES } from '../resources';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { KubeObject } from '../types';
import {
  ControllerContext,
  controllerIdentity,
  on,
  tolerate,
} from './Controller';

const IDENTITY = controllerIdentity('generic-garbage-collector');

/** Kinds that own other objects. */
const OWNERS = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'ConfigMap',
  'Pod',
  'Service',
  'Secret',
];

/** Deletes or orphans the dependents of a deleted owner, as the deletion requested. */
export function runGarbageCollection(context: ControllerContext): void {
  for (const definition of RESOURCES) {
    on(context, definition, ({ type, object }) => {
      const { uid, finalizers = [], deletionTimestamp } = object.metadata;
      if (type === 'DELETED' && OWNERS.includes(object.kind)) {
        context.queue.schedule(`orphans/${uid}`, 0, () =>
          deleteDependents(context, object),
        );
      } else if (
        deletionTimestamp &&
        finalizers.some(entry =>
          ['orphan', 'foregroundDeletion'].includes(entry),
        )
      ) {
        context.queue.schedule(`propagate/${uid}`, 20, () =>
          propagate(context, definition, object),
        );
      }
    });
  }
}

interface Dependent {
  definition: ResourceDefinition;
  object: KubeObject;
}

function dependentsOf(
  { registry }: ControllerContext,
  owner: KubeObject,
): Dependent[] {
  const { uid, namespace } = owner.metadata;
  return RESOURCES.filter(
    definition => definition.namespaced || !namespace,
  ).flatMap(definition =>
    registry
      .all(definition, definition.namespaced ? namespace : undefined)
      .filter(object =>
        object.metadata.ownerReferences?.some(entry => entry.uid === uid),
      )
      .map(object => ({ definition, object })),
  );
}

function deleteDependents(context: ControllerContext, owner: KubeObject): void {
  for (const { definition, object } of dependentsOf(context, owner)) {
    const { name, namespace } = object.metadata;
    const address = { definition, namespace, name };
    if (object.metadata.ownerReferences!.length > 1) {
      release(context, address, owner);
    } else if (!object.metadata.deletionTimestamp) {
      tolerate(() =>
        context.registry.delete(
          address,
          { propagationPolicy: 'Background' },
          IDENTITY,
        ),
      );
    }
  }
}

function release(
  { registry }: ControllerContext,
  address: Parameters<typeof registry.get>[0],
  owner: KubeObject,
): void {
  tolerate(() =>
    registry.update(
      address,
      object => ({
        ...object,
        metadata: {
          ...object.metadata,
          ownerReferences: object.metadata.ownerReferences?.filter(
            entry => entry.uid !== owner.metadata.uid,
          ),
        },
      }),
      IDENTITY,
    ),
  );
}

function propagate(
  context: ControllerContext,
  definition: ResourceDefinition,
  owner: KubeObject,
): void {
  const { registry, queue } = context;
  const { name, namespace, uid, finalizers = [] } = owner.metadata;
  const orphans = finalizers.includes('orphan');
  const dependents = dependentsOf(context, owner);
  if (orphans) {
    for (const dependent of dependents) {
      const { metadata } = dependent.object;
      release(
        context,
        {
          definition: dependent.definition,
          namespace: metadata.namespace,
          name: metadata.name,
        },
        owner,
      );
    }
  } else if (dependents.length > 0) {
    deleteDependents(context, owner);
    queue.schedule(`propagate/${uid}`, 50, () =>
      propagate(context, definition, owner),
    );
    return;
  }
  tolerate(() =>
    registry.update(
      { definition, namespace, name },
      object => ({
        ...object,
        metadata: {
          ...object.metadata,
          finalizers: object.metadata.finalizers?.filter(
            entry => !['orphan', 'foregroundDeletion'].includes(entry),
          ),
        },
      }),
      IDENTITY,
    ),
  );
}
