import { groupVersionOf } from '../../resources/objects/json';
import { hasCoveredContent, isOfTests } from './coveredContent';
import { ManifestObject } from './manifest';

/** Objects of one kind in the namespace of a release whose names differ at each rendering. */
export interface ChangingNames {
  /** Empty for the core group. */
  group: string;
  kind: string;
  /** The plural. */
  resource: string;
  /** The beginning that all the names have. It ends with `-` or `.`. */
  stem: string;
  /** The names with this beginning that do not change. */
  fixed: string[];
  count: number;
}

/** The place of an object of the first rendering on the cluster. */
type Place = { plural?: string; namespace?: string };

/** How helm begins the names of the Secrets of all releases. */
const STORAGE = 'sh.helm.release.v1.';
/** Of one kind. To compare more takes long. */
const MAX_NAMES = 200;
const STEM = /^.*[-.]/s;
const LAST_NUMBER = /(?<=^|[-.])\d+[-.]$/;

/**
 * Returns which names differ between two renderings of the same chart.
 *
 * @param first - with their places; the namespace is that of the release for all objects in it
 * @returns undefined if the renderings differ in another way than by such names
 */
export function changingNames(
  first: readonly { wanted: ManifestObject; placed: Place }[],
  second: readonly ManifestObject[],
  namespace: string,
): ChangingNames[] | undefined {
  const resources = resourcesOf(first, namespace);
  const [before, after] = [
    namesByKind(
      first.map(({ wanted }) => wanted),
      namespace,
    ),
    namesByKind(second, namespace),
  ];
  const found: ChangingNames[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(key) ?? [], after.get(key) ?? []];
    const gone = one.filter(name => !other.includes(name));
    const added = other.filter(name => !one.includes(name));
    if (gone.length === 0 && added.length === 0) {
      continue;
    }
    const [group, kind] = JSON.parse(key) as [string, string];
    const resource = resources.get(key);
    if (
      resource === undefined ||
      gone.length > MAX_NAMES ||
      gone.length !== added.length
    ) {
      return undefined;
    }
    const stems = gone.map(name => stemOf(name, added));
    const others = added.map(name => stemOf(name, gone));
    if (
      stems.some(stem => stem === '' || isOfStorage(stem)) ||
      JSON.stringify(stems.sort()) !== JSON.stringify(others.sort())
    ) {
      return undefined;
    }
    found.push(
      ...[...new Set(stems)].map(stem => ({
        ...{ group, kind, resource, stem },
        fixed: one.filter(
          name => name.startsWith(stem) && other.includes(name),
        ),
        count: stems.filter(same => same === stem).length,
      })),
    );
  }
  return found;
}

/** Returns the names to which an object of a later rendering belongs. */
export function changingNamesFor(
  object: ManifestObject,
  changing: readonly ChangingNames[],
  namespace: string,
): ChangingNames | undefined {
  const { apiVersion, kind, name } = object;
  const { group } = groupVersionOf(apiVersion);
  const possible = isPossible(object, namespace)
    ? changing.filter(
        one =>
          one.group === group &&
          one.kind === kind &&
          name.startsWith(one.stem) &&
          name !== one.stem,
      )
    : [];
  if (possible.some(({ fixed }) => fixed.includes(name))) {
    return undefined;
  }
  // "web-a-" before "web-".
  return possible.sort((a, b) => b.stem.length - a.stem.length)[0];
}

/** Returns whether the name of an object may differ: the object must be readable, in the namespace, and give no rights. */
function isPossible(object: ManifestObject, namespace: string): boolean {
  return (
    object.problem === undefined &&
    object.name !== '' &&
    // The digest does not count these.
    !isOfTests(object) &&
    (object.namespace ?? namespace) === namespace &&
    !hasCoveredContent(object, namespace)
  );
}

function keyOf({ apiVersion, kind }: ManifestObject): string {
  return JSON.stringify([groupVersionOf(apiVersion).group, kind]);
}

function namesByKind(
  objects: readonly ManifestObject[],
  namespace: string,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const one of objects.filter(object => isPossible(object, namespace))) {
    const key = keyOf(one);
    found.set(key, [...(found.get(key) ?? []), one.name]);
  }
  return found;
}

/** Returns the plurals of the kinds that the cluster knows and that have a namespace. */
function resourcesOf(
  objects: readonly { wanted: ManifestObject; placed: Place }[],
  namespace: string,
): Map<string, string> {
  return new Map(
    objects.flatMap(({ wanted, placed }) =>
      placed.plural !== undefined && placed.namespace === namespace
        ? [[keyOf(wanted), placed.plural] as const]
        : [],
    ),
  );
}

/** Returns the longest stem that a name has in common with one of the others. */
function stemOf(name: string, others: readonly string[]): string {
  return others
    .map(other => commonStem(name, other))
    .reduce((a, b) => (b.length > a.length ? b : a), '');
}

/** Leaves out numbers at the end, because they may be parts of a time. */
function commonStem(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) {
    length += 1;
  }
  let stem = STEM.exec(one.slice(0, length))?.[0] ?? '';
  while (LAST_NUMBER.test(stem)) {
    stem = stem.replace(LAST_NUMBER, '');
  }
  return /[a-z0-9]/.test(stem) ? stem : '';
}

function isOfStorage(stem: string): boolean {
  return stem.startsWith(STORAGE) || STORAGE.startsWith(stem);
}
