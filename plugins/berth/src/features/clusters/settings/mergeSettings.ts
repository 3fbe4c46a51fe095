import { get, set } from 'react-hook-form';
import { CLUSTER_FIELDS, ClusterField, ClusterFormValues } from '../form';

/** A change of one field by someone else. */
export interface OthersChange {
  field: ClusterField;
  before: string;
  theirs: string;
  /** Set where the field was changed here, too. */
  mine?: string;
}

/**
 * Merges the input with the settings that someone else saved meanwhile: fields that were not
 * touched here become theirs, all others stay as they were typed.
 *
 * @param before - the values that both began with
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
