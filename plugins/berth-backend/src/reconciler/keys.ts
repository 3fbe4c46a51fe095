import { KubeObject } from '../kube';
import { ObjectKey, ObjectKind } from './types';

export function namespaceKey(name: string): ObjectKey {
  return { kind: 'Namespace', namespace: '', name };
}

/** The key of an object of one of the kinds that Berth makes. */
export function keyOf(object: KubeObject): ObjectKey {
  return {
    kind: object.kind as ObjectKind,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  };
}

/** The same text for the same object of a cluster; no Kubernetes name contains a slash. */
export function keyText(key: ObjectKey): string {
  return `${key.kind}/${key.namespace}/${key.name}`;
}
