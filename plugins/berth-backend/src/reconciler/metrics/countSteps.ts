import { keyOf, keyText } from '../keys';
import { InventoryEntry, Plan } from '../types';

/** Counts the steps of a plan, and how many of them correct changes that others made on the cluster. */
export function countSteps(
  { subjects, revocations }: Plan,
  inventory: InventoryEntry[],
): { total: number; repairs: number } {
  const made = new Set(
    inventory.filter(({ uid }) => uid !== undefined).map(keyText),
  );
  const actions = subjects.flatMap(subject => subject.actions);
  const repairs = actions.filter(
    action =>
      action.type !== 'record' && made.has(keyText(keyOf(action.object))),
  );
  return {
    total: actions.length + revocations.length,
    repairs: repairs.length,
  };
}
