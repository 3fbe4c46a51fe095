import { KubeObject } from '../kube';
import { canonicalSpec, specOf } from './canonical';
import { NamespaceObject, RoleBindingObject } from './types';

/*
 * Only the fields that Berth owns are compared. Comparing what others add (their labels, defaults of the API
 * server, annotations of a webhook) would make Berth write for ever.
 */

/** Returns whether any of our labels or annotations is missing. */
export function metadataDiffers(wanted: KubeObject, actual: KubeObject) {
  return (
    !includesAll(actual.metadata.labels, wanted.metadata.labels) ||
    !includesAll(actual.metadata.annotations, wanted.metadata.annotations)
  );
}

/** Returns whether a binding has another role, which cannot be changed in place. */
export function roleDiffers(
  wanted: RoleBindingObject,
  actual: RoleBindingObject,
): boolean {
  return (
    wanted.roleRef.kind !== actual.roleRef?.kind ||
    wanted.roleRef.name !== actual.roleRef?.name ||
    wanted.roleRef.apiGroup !== actual.roleRef?.apiGroup
  );
}

/** Returns whether a binding has other subjects. The list of subjects is ours as a whole. */
export function subjectsDiffer(
  wanted: RoleBindingObject,
  actual: RoleBindingObject,
): boolean {
  return subjectsText(wanted) !== subjectsText(actual);
}

/** Returns whether a namespace is being deleted. Nothing can be created in it any more. */
export function isTerminating(namespace: NamespaceObject): boolean {
  return (
    namespace.metadata.deletionTimestamp !== undefined ||
    namespace.status?.phase === 'Terminating'
  );
}

/** Returns whether an object has all of some labels. */
export function includesAll(
  actual: Record<string, string> | undefined,
  wanted: Record<string, string> | undefined,
): boolean {
  return Object.entries(wanted ?? {}).every(
    ([key, value]) => actual?.[key] === value,
  );
}

/** Returns the same text for the same subjects. */
export function subjectsText({ subjects }: RoleBindingObject): string {
  return JSON.stringify(
    Array.isArray(subjects)
      ? subjects.map(subject => [
          subject?.kind,
          subject?.apiGroup,
          subject?.namespace,
          subject?.name,
        ])
      : [],
  );
}

/**
 * Compares an object with the desired one.
 *
 * @returns whether the object can be changed in place or must be recreated; undefined if everything that Berth
 *   owns matches
 */
export function differs(
  wanted: KubeObject,
  actual: KubeObject,
): 'inPlace' | 'recreate' | undefined {
  if (wanted.kind === 'RoleBinding') {
    const [ours, theirs] = [wanted, actual] as RoleBindingObject[];
    if (roleDiffers(ours, theirs)) {
      return 'recreate';
    }
    if (subjectsDiffer(ours, theirs)) {
      return 'inPlace';
    }
  } else if (specDiffers(wanted, actual)) {
    return 'inPlace';
  }
  return metadataDiffers(wanted, actual) ? 'inPlace' : undefined;
}

/** Returns whether a spec means something else, independent of order and notation. */
function specDiffers(wanted: KubeObject, actual: KubeObject): boolean {
  return (
    // An object that was observed as matching is the desired object itself.
    specOf(wanted) !== specOf(actual) &&
    JSON.stringify(canonicalSpec(wanted)) !==
      JSON.stringify(canonicalSpec(actual))
  );
}
