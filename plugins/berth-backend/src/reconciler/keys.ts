import { KubeObject } from '../kube';
import { ObjectKey } from './types';

export function namespaceKey(name: string): ObjectKey {
  return { kind: 'Namespace', namespace: '', name };
}

export function bindingKey(binding: KubeObject): ObjectKey {
  return {
    kind: 'RoleBinding',
    namespace: binding.metadata.namespace ?? '',
    name: binding.metadata.name,
  };
}

/** The same text for the same object of a cluster; no Kubernetes name holds a slash. */
export function keyText(key: ObjectKey): string {
  return `${key.kind}/${key.namespace}/${key.name}`;
}
