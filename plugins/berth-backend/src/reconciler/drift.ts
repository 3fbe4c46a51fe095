import { KubeObject } from '../kube';
import { canonicalSpec, specOf } from './canonical';
import { NamespaceObject, RoleBindingObject } from './types';

/*
 * Only the fields that we own are compared. What others add (their labels, defaults of the API server,
 * annotations of a webhook) is none of our business, and comparing it would make us write for ever.
 */

/** Whether all our labels and annotations are there. */
export function metadataDiffers(wanted: KubeObject, actual: KubeObject) {
  return (
    !includesAll(actual.metadata.labels, wanted.metadata.labels) ||
    !includesAll(actual.metadata.annotations, wanted.metadata.annotations)
  );
}

/** Whether a binding is to another role, which cannot be changed in place. */
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

/** Whether a binding is for others than it should be: the list of subjects is ours as a whole. */
export function subjectsDiffer(
  wanted: RoleBindingObject,
  actual: RoleBindingObject,
): boolean {
  return subjectsText(wanted) !== subjectsText(actual);
}

/** Whether a namespace is on its way out. Nothing can be made in it any more. */
export function isTerminating(namespace: NamespaceObject): boolean {
  return (
    namespace.metadata.deletionTimestamp !== undefined ||
    namespace.status?.phase === 'Terminating'
  );
}

/** Whether an object carries all of some labels. */
export function includesAll(
  actual: Record<string, string> | undefined,
  wanted: Record<string, string> | undefined,
): boolean {
  return Object.entries(wanted ?? {}).every(
    ([key, value]) => actual?.[key] === value,
  );
}

/** The same text for the same subjects. */
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
 * Whether an object in a namespace is not as it should be, and whether that can be mended in place.
 *
 * @returns undefined if all is as it should be of what we own
 */
export function differs(
  wanted: KubeObject,
  actual: KubeObject,
): 'inPlace' | 'forGood' | undefined {
  if (wanted.kind === 'RoleBinding') {
    const [ours, theirs] = [wanted, actual] as RoleBindingObject[];
    if (roleDiffers(ours, theirs)) {
      return 'forGood';
    }
    if (subjectsDiffer(ours, theirs)) {
      return 'inPlace';
    }
  } else if (specDiffers(wanted, actual)) {
    return 'inPlace';
  }
  return metadataDiffers(wanted, actual) ? 'inPlace' : undefined;
}

/** Whether a spec says something else, in whatever order and spelling of quantities. */
function specDiffers(wanted: KubeObject, actual: KubeObject): boolean {
  return (
    // What was seen to be as wanted is the very same.
    specOf(wanted) !== specOf(actual) &&
    JSON.stringify(canonicalSpec(wanted)) !==
      JSON.stringify(canonicalSpec(actual))
  );
}
