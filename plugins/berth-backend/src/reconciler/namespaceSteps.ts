import { keyOf } from './keys';
import { KINDS } from './kinds';
import { Action, ObjectKey, Problem, Subject, SubjectPlan } from './types';

/** The steps in one namespace, in order. */
export interface NamespaceSteps {
  steps: { action: Action; subject: Subject }[];
  subjects: Subject[];
  /** The objects that could not be planned. */
  unplanned: { key: ObjectKey; problem: Problem }[];
}

/** Orders the steps of all subjects of a namespace by the order of their kind. */
export function stepsByNamespace(plans: SubjectPlan[]): NamespaceSteps[] {
  const byNamespace = new Map<string, NamespaceSteps>();
  for (const plan of plans) {
    const { namespace, subject, actions, problem, unplanned = [] } = plan;
    const found = byNamespace.get(namespace) ?? {
      steps: [],
      subjects: [],
      unplanned: [],
    };
    byNamespace.set(namespace, found);
    found.subjects.push(subject);
    found.steps.push(...actions.map(action => ({ action, subject })));
    if (problem) {
      found.unplanned.push(...unplanned.map(key => ({ key, problem })));
    }
  }
  const all = [...byNamespace.values()].filter(({ steps }) => steps.length > 0);
  for (const { steps } of all) {
    steps.sort((a, b) => orderOf(a.action) - orderOf(b.action));
  }
  return all;
}

function orderOf(action: Action): number {
  const { kind } = action.type === 'record' ? action.key : keyOf(action.object);
  return KINDS[kind].order;
}
