import { get, set } from 'react-hook-form';
import { CLUSTER_FIELDS, ClusterField, ClusterFormValues } from '../form';

/** A change of one field by another person. */
export interface OthersChange {
  field: ClusterField;
  before: string;
  theirs: string;
  /** The value that was typed here, if the field was changed here, too. */
  mine?: string;
}

/**
 * Merges the input with the settings that another person saved in the meantime. Fields that were not changed here
 * take the saved value; all others keep the input.
 *
 * @param before - the values that both edits started from
 */
export function mergeSettings(
  before: ClusterFormValues,
  mine: ClusterFormValues,
  theirs: ClusterFormValues,
): { values: ClusterFormValues; changes: OthersChange[] } {
  const values = {
    ...mine,
    ingress: { ...mine.ingress },
    nodePlacement: { ...mine.nodePlacement },
  };
  const changes: OthersChange[] = [];
  for (const field of CLUSTER_FIELDS) {
    const [old, here, there]: string[] = [before, mine, theirs].map(side =>
      get(side, field),
    );
    if (there.trim() !== old.trim()) {
      const isTouched = here.trim() !== old.trim();
      if (!isTouched) {
        set(values, field, there);
      }
      changes.push({
        field,
        before: old,
        theirs: there,
        ...(isTouched && here.trim() !== there.trim() && { mine: here }),
      });
    }
  }
  return { values, changes };
}
