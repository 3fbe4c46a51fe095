import { KubeObject } from '../kube';
import { ObjectKey, ObjectKind } from './types';

export function namespaceKey(name: string): ObjectKey {
  return { kind: 'Namespace', namespace: '', name };
}

/** Returns the key of an object of one of the kinds that Berth makes. */
export function keyOf(object: KubeObject): ObjectKey {
  return {
    kind: object.kind as ObjectKind,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  };
}

/** Returns the same text for the same object of a cluster. No Kubernetes name contains a slash. */
export function keyText(key: ObjectKey): string {
  return `${key.kind}/${key.namespace}/${key.name}`;
}
