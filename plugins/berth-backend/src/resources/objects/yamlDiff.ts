import { toYaml } from '@berth/plugin-berth-common';
import { createTwoFilesPatch } from 'diff';
import { JsonRecord, recordAt } from './json';
import { isSecret, maskForComparison } from './secrets';

const CONTEXT_LINES = 3;
/** A comparison of two different texts of a megabyte would take minutes. */
const MAX_EDITS = 4_000;
const TIMEOUT = 100;

/** Fields that change with every write, or that only the cluster sets. */
const NOT_SHOWN = [
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/**
 * Compares two versions of an object as a unified diff of YAML, empty if they do not differ. The values of a Secret
 * are not part of it.
 *
 * @param before - undefined for a new object
 * @param write - writes a version, as YAML by default
 */
export function yamlDiff(
  before: JsonRecord | undefined,
  after: JsonRecord,
  write: (object: JsonRecord) => string = object => toYaml(object),
): string {
  const [old, now] = isSecret(after)
    ? maskForComparison(before, after)
    : [before, after];
  const texts = [
    old ? write(shownPart(old)) : '',
    write(shownPart(old ? now : withoutStatus(now))),
  ] as const;
  return textDiff(...texts);
}

/** Compares two texts as a unified diff, empty if they do not differ. */
export function textDiff(before: string, after: string): string {
  if (before === after) {
    return '';
  }
  const patch = createTwoFilesPatch('before', 'after', before, after, '', '', {
    context: CONTEXT_LINES,
    maxEditLength: MAX_EDITS,
    timeout: TIMEOUT,
  });
  return patch === undefined
    ? '--- before\n+++ after\n# The two versions are too different to show.\n'
    : patch
        .replace(/^=+\n/, '')
        .replaceAll(/^(---|\+\+\+) (\w+)\t$/gm, '$1 $2');
}

function shownPart(object: JsonRecord): JsonRecord {
  const metadata = Object.entries(recordAt(object, 'metadata')).filter(
    ([field]) => !NOT_SHOWN.includes(field),
  );
  return { ...object, metadata: Object.fromEntries(metadata) };
}

function withoutStatus({ status: _, ...object }: JsonRecord): JsonRecord {
  return object;
}
