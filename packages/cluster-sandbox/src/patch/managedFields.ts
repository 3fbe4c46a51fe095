import { KubeObject, ManagedFieldsEntry } from '../types';

/** For now no ownership is kept. */
export function trackUpdate(
  _old: KubeObject | undefined,
  _object: KubeObject,
  _manager: ManagedFieldsEntry,
  _wanted?: KubeObject,
): ManagedFieldsEntry[] | undefined {
  return undefined;
}

export function trackApply(
  current: KubeObject | undefined,
  configuration: KubeObject,
  _manager: ManagedFieldsEntry,
  _force: boolean,
): { object: KubeObject; managedFields: ManagedFieldsEntry[] | undefined } {
  return { object: { ...current, ...configuration }, managedFields: undefined };
}
