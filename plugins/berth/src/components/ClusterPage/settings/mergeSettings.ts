import { ClusterField, ClusterFormValues } from '../../ClusterForm';

/** What somebody else changed of one field. */
export interface OthersChange {
  field: ClusterField;
  before: string;
  theirs: string;
  /** Set where the field was changed here, too. */
  mine?: string;
}

/**
 * Brings together what was typed here and what somebody else has saved meanwhile: fields that were not
 * touched here become theirs, all others stay as they were typed.
 *
 * @param before - the values that both began with
 */
export function mergeSettings(
  before: ClusterFormValues,
  mine: ClusterFormValues,
  theirs: ClusterFormValues,
): { values: ClusterFormValues; changes: OthersChange[] } {
  const values = { ...mine };
  const changes: OthersChange[] = [];
  for (const field of Object.keys(before) as ClusterField[]) {
    if (theirs[field].trim() !== before[field].trim()) {
      const touched = mine[field].trim() !== before[field].trim();
      const same = mine[field].trim() === theirs[field].trim();
      values[field] = touched ? mine[field] : theirs[field];
      changes.push({
        field,
        before: before[field],
        theirs: theirs[field],
        ...(touched && !same && { mine: mine[field] }),
      });
    }
  }
  return { values, changes };
}
