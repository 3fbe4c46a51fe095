import { isMap } from 'yaml';
import {
  nodeAt,
  obstacleAt,
  readValues,
  removeValue,
  setValue,
  Values,
} from './valuesDocument';
import { valueAt } from './fieldState';

/** What a preset does with one value. */
export interface PresetChange {
  path: string[];
  /** Of the preset. */
  value: unknown;
  /** What the person has now; absent if nothing. */
  yours?: unknown;
  /** Whether the value of the person stays. */
  isKept: boolean;
}

/** A value that a preset set. */
export type AppliedChange = Omit<PresetChange, 'isKept'>;

/**
 * Compares a preset with the values of a person, whose own values stay. Those of an earlier preset that nobody changed
 * are not the person's own.
 */
export function presetChanges(
  values: Values,
  preset: Record<string, unknown>,
  applied: readonly AppliedChange[] = [],
): PresetChange[] {
  return Object.entries(preset).flatMap(([key, value]) =>
    changesAt([key], value),
  );

  function changesAt(path: string[], value: unknown): PresetChange[] {
    const node = nodeAt(values, path);
    const yours = valueAt(values.root, path);
    // A value may also come from another object, by a merge key.
    const isFree = node === undefined && yours === undefined;
    if (
      isFilled(value) &&
      (isFree || isMap(node)) &&
      obstacleAt(values, path) === undefined
    ) {
      return Object.entries(value).flatMap(([key, item]) =>
        changesAt([...path, key], item),
      );
    }
    if (isFree && obstacleAt(values, path) === undefined) {
      return [{ path, value, isKept: false }];
    }
    if (isSame(yours, value)) {
      return [];
    }
    const isOfPreset = applied.some(
      one => isSame(one.path, path) && isSame(one.value, yours),
    );
    return [{ path, value, yours, isKept: !isOfPreset }];
  }
}

/** Writes the values of a preset into the text of a person. */
export function applyPreset(
  text: string,
  changes: readonly PresetChange[],
): string {
  return changes
    .filter(({ isKept }) => !isKept)
    .reduce((written, { path, value }) => setValue(written, path, value), text);
}

/** Takes back what a preset wrote, where nobody changed it since. */
export function undoPreset(
  text: string,
  applied: readonly AppliedChange[],
): string {
  return applied.reduce((written, { path, value, yours }) => {
    const read = readValues(written);
    if ('problem' in read || !isSame(valueAt(read.root, path), value)) {
      return written;
    }
    return yours === undefined
      ? removeValue(written, path)
      : setValue(written, path, yours);
  }, text);
}

function isFilled(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
