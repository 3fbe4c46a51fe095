import { isDeepStrictEqual } from 'node:util';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { isRecord } from '../../resources/values';
import { JsonRecord } from '../../resources/objects/json';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { maskValues } from '../releases/maskValues';

/** Values in which no mask is left, or why there are none. */
export interface KeptValues {
  values: unknown;
  /** One for each mask that stands for no value, for people. The values must not be used then. */
  problems: string[];
}

/**
 * Puts the hidden values of a release back into values that a person edited. The person got them with
 * {@link HELM_MASK} in place of each hidden value, so a mask at the same path means that the value stays.
 *
 * A list is matched as a whole: an item that moved would get the secret of another item.
 *
 * @param edited - the parsed values that the person sends
 * @param stored - the values of the revision that the person edited, with their secrets
 */
export function keepHidden(edited: unknown, stored: JsonRecord): KeptValues {
  const shown = maskValues(stored);
  const masked = new Set(shown.masked.map(path => JSON.stringify(path)));
  const problems: string[] = [];

  const visit = (value: unknown, path: string[]): unknown => {
    if (typeof value === 'string') {
      if (value === HELM_MASK && masked.has(JSON.stringify(path))) {
        return valueAt(stored, path);
      }
      if (value.includes(HELM_MASK)) {
        problems.push(problemOf(path, 'the release has no hidden value there'));
      }
      return value;
    }
    if (Array.isArray(value)) {
      return visitList(value, path);
    }
    if (isRecord(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => {
          if (key.includes(HELM_MASK)) {
            problems.push(problemOf([...path, key], 'this is a name'));
          }
          return [key, visit(item, [...path, key])];
        }),
      );
    }
    return value;
  };

  const visitList = (list: unknown[], path: string[]): unknown => {
    if (!JSON.stringify(list).includes(HELM_MASK)) {
      return list;
    }
    if (isDeepStrictEqual(list, valueAt(shown.values, path))) {
      // Every mask of the list is one that the person got, unless the release itself has the text of the mask.
      return list.map((item, index) => visitItem(item, [...path, `${index}`]));
    }
    problems.push(
      problemOf(
        path,
        'the list is another one, in which the items may have moved',
      ),
    );
    return list;
  };

  const visitItem = (item: unknown, path: string[]): unknown =>
    Array.isArray(item)
      ? item.map((one, index) => visitItem(one, [...path, `${index}`]))
      : visit(item, path);

  return { values: visit(edited, []), problems };
}

function problemOf(path: string[], reason: string): string {
  const name = quoteUntrusted(path.join('.'));
  return `${name}: ${HELM_MASK} stands for a hidden value that stays, but ${reason}. Write the value itself`;
}

function valueAt(values: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as JsonRecord)[key]
        : undefined,
    values,
  );
}
