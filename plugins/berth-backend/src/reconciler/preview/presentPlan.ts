import {
  ClusterPlan,
  PlannedChange,
  PlannedObject,
  PlannedProblem,
} from '@berth/plugin-berth-common';
import { keyOf, keyText } from '../keys';
import { Action, ObjectKey, Observed, Plan, Subject } from '../types';
import { differences, removedFields } from './differences';

/** More than a person reads. */
const MAX_PROBLEMS = 50;

/** Returns the first problems of a plan, and the number of all. */
export function firstProblems(
  problems: PlannedProblem[],
): Pick<ClusterPlan, 'problems' | 'totalProblems'> {
  return {
    problems: problems.slice(0, MAX_PROBLEMS),
    totalProblems: problems.length,
  };
}

/**
 * Describes a plan for people, with the planned and the actual state.
 *
 * @param waiting - the deletions that are held, by `keyText`
 * @param groupsOf - returns the entity refs of the groups of a subject
 */
export function presentPlan(
  { revocations, subjects }: Plan,
  observed: Observed,
  waiting: ReadonlySet<string>,
  groupsOf: (subject: Subject) => string[],
): { items: PlannedChange[]; problems: PlannedProblem[] } {
  const gone = revocations.map(
    ({ type, key }): PlannedChange => ({
      action: type,
      object: presentKey(key),
      groups: [],
      differences: [],
      held: waiting.has(keyText(key)),
    }),
  );
  const made = subjects.flatMap(({ subject, actions }) =>
    actions.map(action => presentAction(action, groupsOf(subject), observed)),
  );
  return {
    items: [...gone, ...made],
    problems: subjects.flatMap(({ subject, namespace, problem }) =>
      problem
        ? [
            {
              groups: groupsOf(subject),
              namespace,
              cause: problem.cause,
              message: problem.message,
            },
          ]
        : [],
    ),
  };
}

function presentAction(
  action: Action,
  groups: string[],
  observed: Observed,
): PlannedChange {
  const key = action.type === 'record' ? action.key : keyOf(action.object);
  const actual = observed.objects.get(keyText(key));
  const missing = action.type === 'apply' && !actual;
  return {
    action: missing ? 'create' : action.type,
    object: presentKey(key),
    groups,
    differences:
      action.type === 'record' || !actual
        ? []
        : [
            ...differences(action.object, actual),
            ...(key.kind === 'Namespace'
              ? removedFields(action.object, actual)
              : []),
          ],
    held: false,
  };
}

export function presentKey({
  kind,
  namespace,
  name,
}: ObjectKey): PlannedObject {
  return { kind, ...(namespace !== '' && { namespace }), name };
}
