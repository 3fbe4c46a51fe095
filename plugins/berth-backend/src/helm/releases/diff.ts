import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { HelmDiff, HELM_MASK } from '@berth/plugin-berth-common';
import { groupVersionOf, JsonRecord } from '../../resources/objects/json';
import { textDiff, yamlDiff } from '../../resources/objects/yamlDiff';
import { isSecret, maskSecret } from '../../resources/objects/secrets';
import { isRecord } from '../../resources/values';
import { ManifestObject } from './manifest';
import { CopyMask } from './mask';
import { maskValues } from './maskValues';
import { valuesYaml, yamlOrJson } from './values';

const CHANGED = `${HELM_MASK} (changed)`;
const ONLY_HIDDEN = '--- before\n+++ after\n# Only hidden values differ.\n';

/** Compares the values that people set, as YAML. Hidden values that differ say so. */
export function diffValues(before: JsonRecord, after: JsonRecord): string {
  const [old, now] = [maskValues(before), maskValues(after)];
  const marked = markChanges(now.values, before, after);
  return textDiff(valuesText(old.values), valuesText(marked));
}

/** Writes values; an empty text for none, as before an installation. */
function valuesText(values: unknown): string {
  return isRecord(values) && Object.keys(values).length === 0
    ? ''
    : valuesYaml(values);
}

/** Marks the hidden values that had another value before. */
function markChanges(
  masked: unknown,
  before: unknown,
  after: unknown,
): unknown {
  if (masked === HELM_MASK) {
    return before === undefined || isDeepStrictEqual(before, after)
      ? masked
      : CHANGED;
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

/**
 * Compares the objects of two manifests. Other requests have their turn between two objects.
 *
 * @param namespace - of the release, for objects that the manifest has without a namespace
 */
export async function diffObjects(
  before: ManifestObject[],
  after: ManifestObject[],
  copies: CopyMask,
  namespace: string,
): Promise<HelmDiff['items']> {
  const old = byKey(before, namespace);
  const now = byKey(after, namespace);
  const items: HelmDiff['items'] = [];
  for (const [key, one] of now) {
    await turn();
    const known = old.get(key);
    const diff = diffOne(known, one, copies);
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
        diff: reversed(diffOne(undefined, one, copies)),
      });
    }
  }
  return items;
}

function diffOne(
  before: ManifestObject | undefined,
  after: ManifestObject,
  copies: CopyMask,
): string {
  const problem = after.problem ?? before?.problem;
  if (problem === undefined) {
    return diffObject(before?.object, after.object, copies);
  }
  return before?.digest === after.digest
    ? ''
    : `--- before\n+++ after\n# ${problem}\n`;
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
    return yamlDiff(before, after, yamlOrJson);
  }
  // The other version of an object may be a Secret.
  const [old, now] =
    before && isSecret(before)
      ? [maskSecret(before).object, maskSecret(after).object]
      : [before, after];
  const diff = yamlDiff(
    old && copies.object(old),
    copies.object(now),
    yamlOrJson,
  );
  return diff === '' &&
    before &&
    yamlDiff(before, after, object => JSON.stringify(object)) !== ''
    ? ONLY_HIDDEN
    : diff;
}

/** Returns the diff of a removed object, from that of an added one. */
function reversed(added: string): string {
  return added
    .replace(/^@@ -(\S+) \+(\S+) @@/gm, '@@ -$2 +$1 @@')
    .replace(/^\+(?!\+\+ after$)/gm, '-');
}

function byKey(
  objects: ManifestObject[],
  releaseNamespace: string,
): Map<string, ManifestObject> {
  return new Map(
    objects.map(one => {
      const { apiVersion, hook, kind, name } = one;
      const namespace = one.namespace ?? releaseNamespace;
      const { group } = groupVersionOf(apiVersion);
      return [JSON.stringify([group, kind, namespace, name, hook]), one];
    }),
  );
}

function nameOf({ kind, namespace, name }: ManifestObject) {
  return { kind, name, ...(namespace !== undefined && { namespace }) };
}
