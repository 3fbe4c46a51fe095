import { ClusterField, ClusterFormValues } from '../form';

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
