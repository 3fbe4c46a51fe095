import {
  apiVersionOf,
  ResourceDefinition,
} from '../resources/ResourceDefinition';
import { checkTypes } from '../resources/checkTypes';
import { badRequest } from '../status';
import { copy, KubeObject } from '../types';

/** Restores the status, which only the subresource may change. */
export function restoreStatus(object: KubeObject, current: KubeObject): void {
  if (current.status === undefined) {
    delete object.status;
  } else {
    object.status = copy(current.status);
  }
}

/** Returns whether an object that is being deleted has lost its last finalizer. */
export function isReleased(definition: ResourceDefinition, object: KubeObject) {
  return (
    object.metadata.deletionTimestamp !== undefined &&
    !object.metadata.finalizers?.length &&
    !object.metadata.deletionGracePeriodSeconds &&
    !(definition.plural === 'namespaces' && object.spec?.finalizers?.length)
  );
}

/** Puts apiVersion, kind and metadata first, in the usual order. */
export function inOrder(object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  if (!metadata.managedFields?.length) {
    delete metadata.managedFields;
  }
  return { apiVersion, kind, metadata, ...rest };
}

/** @throws StatusError 400 if the object is of another kind or malformed */
export function checkKind(
  definition: ResourceDefinition,
  object: KubeObject,
): void {
  const apiVersion = apiVersionOf(definition);
  object.kind ||= definition.kind;
  object.apiVersion ||= apiVersion;
  if (object.kind !== definition.kind) {
    throw badRequest(
      `${object.kind} in version ${JSON.stringify(
        object.apiVersion.split('/').pop(),
      )} cannot be handled as a ${definition.kind}: converting (${
        object.apiVersion
      }.${object.kind}) to (${definition.group.split('.')[0] || 'core'}.${
        definition.kind
      }): unknown conversion`,
    );
  }
  if (object.apiVersion !== apiVersion) {
    throw badRequest(
      `the API version in the data (${object.apiVersion}) does not match the expected API version (${apiVersion})`,
    );
  }
  object.metadata ??= { name: '' };
  checkTypes(object);
}

/** @throws StatusError 400 if the object names another namespace */
export function checkNamespace(
  definition: ResourceDefinition,
  namespace: string | undefined,
  object: KubeObject,
): void {
  if (!definition.namespaced) {
    delete object.metadata.namespace;
    return;
  }
  if (object.metadata.namespace && object.metadata.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  object.metadata.namespace = namespace;
}
