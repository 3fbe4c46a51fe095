import { keyOf } from './keys';
import { KINDS } from './kinds';
import { Action, Subject, SubjectPlan } from './types';

/** The steps in one namespace, in order. */
export interface NamespaceSteps {
  steps: { action: Action; subject: Subject }[];
  subjects: Subject[];
}

/** Orders the steps of all subjects of a namespace by the order of their kind. */
export function stepsByNamespace(plans: SubjectPlan[]): NamespaceSteps[] {
  const byNamespace = new Map<string, NamespaceSteps>();
  for (const { namespace, subject, actions } of plans) {
    const found = byNamespace.get(namespace) ?? { steps: [], subjects: [] };
    byNamespace.set(namespace, found);
    found.subjects.push(subject);
    found.steps.push(...actions.map(action => ({ action, subject })));
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
