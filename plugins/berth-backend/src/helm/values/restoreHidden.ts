import { isDeepStrictEqual } from 'node:util';
import { InputError } from '@backstage/errors';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { JsonRecord, textAt } from '../../resources/objects/json';
import { isRecord } from '../../resources/values';
import { atField } from '../../text/fieldProblems';
import { maskValues } from '../releases/maskValues';
import { pathOf } from './paths';

/** What the release has at a place, and what the pages show of it. */
interface Stored {
  value: unknown;
  masked: unknown;
}

const NONE: Stored = { value: undefined, masked: undefined };

/**
 * Puts the stored values in place of those that the pages hide, so that a person can change other values without
 * knowing them. An item of a list is found by its `name`, or by what is not hidden of it.
 *
 * @param given - the values that the person sends, in which a hidden value is `HELM_MASK`
 * @param stored - the values of the release
 * @throws InputError naming the value if it is not clear which hidden value it stands for
 */
export function restoreHidden(
  given: JsonRecord,
  stored: JsonRecord,
): JsonRecord {
  const { values: masked } = maskValues(stored);
  const values = restored(given, { value: stored, masked }, []) as JsonRecord;
  assertStaysHidden(given, maskValues(values).values, []);
  return values;
}

/** The names around a value decide whether it is hidden, so other names would show it to those who may not reveal it. */
function assertStaysHidden(given: unknown, shown: unknown, path: string[]) {
  if (given === HELM_MASK && !isHidden(shown)) {
    const message = `values: ${pathOf(
      path,
    )} stands for a hidden value, which the names that you changed would show: write the value`;
    throw atField(new InputError(message), 'values');
  }
  if (typeof given === 'object' && given !== null) {
    for (const [key, item] of Object.entries(given)) {
      if (holdsMask(item) && shown !== HELM_MASK) {
        assertStaysHidden(item, (shown as JsonRecord)[key], [...path, key]);
      }
    }
  }
}

function isHidden(shown: unknown): boolean {
  return typeof shown === 'object' && shown !== null
    ? Object.values(shown).every(isHidden)
    : shown === HELM_MASK || shown === '' || typeof shown === 'boolean';
}

function restored(given: unknown, stored: Stored, path: string[]): unknown {
  if (given === HELM_MASK) {
    if (stored.masked !== HELM_MASK) {
      const message = `values: ${pathOf(
        path,
      )} stands for a hidden value, but the release has none there: write the value`;
      throw atField(new InputError(message), 'values');
    }
    return stored.value;
  }
  if (typeof given === 'string') {
    assertNoMask(given, path);
  }
  if (Array.isArray(given)) {
    const items = storedItems(stored);
    return given.map((item, index) =>
      holdsMask(item)
        ? restored(item, itemFor(index, given, items), [...path, String(index)])
        : item,
    );
  }
  return isRecord(given)
    ? Object.fromEntries(
        Object.entries(given).map(([key, item]) => {
          const place = [...path, key];
          assertNoMask(key, place);
          return [key, restored(item, below(stored, key), place)];
        }),
      )
    : given;
}

function below({ value, masked }: Stored, key: string): Stored {
  return isRecord(value) && isRecord(masked) && Object.hasOwn(value, key)
    ? { value: value[key], masked: masked[key] }
    : NONE;
}

function storedItems({ value, masked }: Stored): Stored[] {
  return Array.isArray(value) && Array.isArray(masked)
    ? value.map((item, index) => ({ value: item, masked: masked[index] }))
    : [];
}

/**
 * People insert, remove and move items, so a place in a list alone does not show what an item was. It does if all
 * others are at their places.
 */
function itemFor(
  index: number,
  given: readonly unknown[],
  items: readonly Stored[],
): Stored {
  const item = given[index];
  const name = textAt(item, 'name');
  const named = items.filter(
    ({ masked }) => name !== undefined && textAt(masked, 'name') === name,
  );
  if (named.length === 1) {
    return named[0];
  }
  const equal = items.filter(({ masked }) => isDeepStrictEqual(masked, item));
  if (equal.length === 1) {
    return equal[0];
  }
  const areOthersSame =
    given.length === items.length &&
    items.every(
      ({ masked }, place) =>
        place === index || isDeepStrictEqual(masked, given[place]),
    );
  return name === undefined && areOthersSame ? items[index] : NONE;
}

/** The text of the mask must not become a part of a release. */
function assertNoMask(text: string, path: string[]) {
  if (text.includes(HELM_MASK)) {
    const message = `values: ${pathOf(
      path,
    )} has ${HELM_MASK} within a text, which stands for no hidden value: write the text`;
    throw atField(new InputError(message), 'values');
  }
}

function holdsMask(value: unknown): boolean {
  return (
    (typeof value === 'string' && value.includes(HELM_MASK)) ||
    (typeof value === 'object' &&
      value !== null &&
      Object.entries(value).flat().some(holdsMask))
  );
}
