import { setImmediate as turn } from 'node:timers/promises';
import { HelmDiff, HELM_MASK } from '@berth/plugin-berth-common';
import { JsonRecord } from '../../resources/objects/json';
import { textDiff, yamlDiff } from '../../resources/objects/yamlDiff';
import { isSecret } from '../../resources/objects/secrets';
import { isRecord } from '../../resources/values';
import { ManifestObject } from './manifest';
import { CopyMask, maskValues } from './mask';
import { valuesYaml } from './values';

const CHANGED = `${HELM_MASK} (changed)`;
const ONLY_HIDDEN = '--- before\n+++ after\n# Only hidden values differ.\n';

/** Compares the values that people set, as YAML. Hidden values that differ say so. */
export function diffValues(before: JsonRecord, after: JsonRecord): string {
  const [old, now] = [maskValues(before), maskValues(after)];
  const marked = markChanges(now.values, before, after);
  return textDiff(valuesYaml(old.values), valuesYaml(marked));
}

/** Marks the hidden values that had another value before. */
function markChanges(
  masked: unknown,
  before: unknown,
  after: unknown,
): unknown {
  if (masked === HELM_MASK) {
    return before === undefined || before === after ? masked : CHANGED;
  }
  if (Array.isArray(masked) && Array.isArray(after)) {
    const old = Array.isArray(before) ? before : [];
    return masked.map((item, index) =>
      markChanges(item, old[index], after[index]),
    );
  }
  if (isRecord(masked) && isRecord(after)) {
    const old = isRecord(before) ? before : {};
    return Object.fromEntries(
      Object.entries(masked).map(([key, item]) => [
        key,
        markChanges(
          item,
          Object.hasOwn(old, key) ? old[key] : undefined,
          after[key],
        ),
      ]),
    );
  }
  return masked;
}

/** Compares the objects of two manifests. Other requests have their turn between two objects. */
export async function diffObjects(
  before: ManifestObject[],
  after: ManifestObject[],
  copies: CopyMask,
): Promise<HelmDiff['items']> {
  const old = byKey(before);
  const now = byKey(after);
  const items: HelmDiff['items'] = [];
  for (const [key, one] of now) {
    await turn();
    const known = old.get(key);
    const diff = diffObject(known?.object, one.object, copies);
    if (diff !== '') {
      items.push({ ...nameOf(one), change: known ? 'changed' : 'added', diff });
    }
  }
  for (const [key, one] of old) {
    if (!now.has(key)) {
      await turn();
      items.push({
        ...nameOf(one),
        change: 'removed',
        diff: reversed(diffObject(undefined, one.object, copies)),
      });
    }
  }
  return items;
}

function diffObject(
  before: JsonRecord | undefined,
  after: JsonRecord,
  copies: CopyMask,
): string {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return '';
  }
  if (isSecret(after)) {
    return yamlDiff(before, after);
  }
  const diff = yamlDiff(before && copies.object(before), copies.object(after));
  return diff === '' && before && yamlDiff(before, after) !== ''
    ? ONLY_HIDDEN
    : diff;
}

/** Returns the diff of a removed object, from that of an added one. */
function reversed(added: string): string {
  return added
    .replace(/^@@ -(\S+) \+(\S+) @@/gm, '@@ -$2 +$1 @@')
    .replace(/^\+(?!\+\+ after$)/gm, '-');
}

function byKey(objects: ManifestObject[]): Map<string, ManifestObject> {
  return new Map(
    objects.map(one => [
      JSON.stringify([one.kind, one.namespace, one.name, one.hook]),
      one,
    ]),
  );
}

function nameOf({ kind, namespace, name }: ManifestObject) {
  return { kind, name, ...(namespace !== undefined && { namespace }) };
}
