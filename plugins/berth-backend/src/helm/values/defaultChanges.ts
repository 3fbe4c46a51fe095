import { HELM_MASK, HelmPreview } from '@berth/plugin-berth-common';
import { isDeepStrictEqual } from 'node:util';
import { JsonRecord } from '../../resources/objects/json';
import { isRecord } from '../../resources/values';
import { escapeAroundMask } from '../releases/mask';
import { maskValues } from '../releases/maskValues';
import { pathOf } from './paths';

const MAX_CHANGES = 200;
const MAX_TEXT = 200;
/** Values of this path are for all subcharts, and charts often give them no default. */
const GLOBAL = 'global';

type DefaultChange = NonNullable<HelmPreview['defaults']>[number];

/** A value of a chart as pages show it, and as it is. */
interface Default {
  value: unknown;
  shown: unknown;
}

/**
 * Compares the values of two versions of a chart, for a person who keeps their own values. Those that the person sets
 * come first: a value that the new chart does not have any more has no effect, and one whose default changed may be
 * out of date.
 *
 * @param overrides - the values that the person sets
 */
export function defaultChanges(
  before: JsonRecord,
  after: JsonRecord,
  overrides: JsonRecord,
): DefaultChange[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap(key => {
    const path: string[] = JSON.parse(key);
    const [was, is] = [old.get(key), now.get(key)];
    // A value that became a group of values, or the reverse, is known by the others.
    const isGroup = !is && valueAt(after, path) !== undefined;
    return path[0] === GLOBAL ||
      isGroup ||
      isDeepStrictEqual(was?.value, is?.value)
      ? []
      : [changeOf(path, was, is, valueAt(overrides, path) !== undefined)];
  });
  return changes
    .sort((a, b) => Number(b.yours) - Number(a.yours))
    .slice(0, MAX_CHANGES);
}

function changeOf(
  path: string[],
  was: Default | undefined,
  is: Default | undefined,
  yours: boolean,
): DefaultChange {
  return {
    path: pathOf(path),
    change: kindOf(was, is),
    yours,
    ...(was && { before: textOf(was) }),
    ...(is && { after: textOf(is) }),
  };
}

function kindOf(
  was: Default | undefined,
  is: Default | undefined,
): DefaultChange['change'] {
  if (was && is) {
    return 'Changed';
  }
  return was ? 'Removed' : 'Added';
}

/** Returns the values that are no records, by their paths. An empty record counts as a value. */
function leavesOf(values: JsonRecord): Map<string, Default> {
  const leaves = new Map<string, Default>();
  const visit = (value: unknown, shown: unknown, path: string[]) => {
    if (isRecord(value) && Object.keys(value).length > 0) {
      for (const [key, item] of Object.entries(value)) {
        visit(item, isRecord(shown) ? shown[key] : HELM_MASK, [...path, key]);
      }
    } else {
      leaves.set(JSON.stringify(path), { value, shown });
    }
  };
  visit(values, maskValues(values).values, []);
  return leaves;
}

function valueAt(values: JsonRecord, path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined,
    values,
  );
}

function textOf({ shown }: Default): string {
  const text = escapeAroundMask(JSON.stringify(shown));
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
