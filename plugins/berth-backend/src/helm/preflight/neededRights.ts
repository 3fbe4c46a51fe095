import { HelmOperationKind } from '@berth/plugin-berth-common';
import { groupVersionOf, textAt } from '../../resources/objects/json';
import { Placed } from '../releases/liveObjects';
import { ManifestObject } from '../releases/manifest';

/** A right that an operation takes. */
export interface NeededRight {
  verb: string;
  /** Empty for the core group. */
  group: string;
  /** The plural, with the subresource, such as `pods/log`. */
  resource: string;
  /** Absent for resources of the whole cluster. */
  namespace?: string;
  names: string[];
}

/** Why an object of a manifest has no known place. */
export interface PlaceProblem {
  /** For people. */
  message: string;
  /** Whether the portal or the cluster refuses the kind, so that Helm could not write the object. */
  refuses: boolean;
}

/** An object of a manifest, and where it is on the cluster. */
export interface PlacedObject {
  wanted: ManifestObject;
  placed: Placed;
  /** Why the object is not checked. */
  problem?: PlaceProblem;
}

/** What an operation writes. */
export interface WrittenObjects {
  /** Exist and are written again. */
  updated: PlacedObject[];
  created: PlacedObject[];
  deleted: PlacedObject[];
  /** Objects of the hooks that run. */
  hooks: PlacedObject[];
  /** How Helm applies objects. */
  method: 'ssa' | 'csa';
}

/** Helm waits for the end of these. */
const WAITED_FOR: ReadonlySet<string> = new Set(['Job', 'Pod']);

/** Returns the rights that the objects of an operation take, each once. */
export function rightsForObjects({
  updated,
  created,
  deleted,
  hooks,
  method,
}: WrittenObjects): NeededRight[] {
  const creating =
    method === 'ssa' ? ['get', 'create', 'patch'] : ['get', 'create'];
  return combined([
    ...rightsTo(['get', 'patch'], updated),
    ...rightsTo(creating, created),
    ...rightsTo(['get', 'delete'], deleted),
    ...rightsTo(['get', 'create', 'delete'], hooks),
    ...rightsTo(
      ['list', 'watch'],
      hooks.filter(({ placed }) => WAITED_FOR.has(placed.kind)),
    ),
  ]);
}

/** Returns the rights to the Secrets in which Helm stores the revisions of a release. */
export function rightsForStorage(
  kind: HelmOperationKind,
  namespace: string,
  { keepHistory = false, deletesOldest = false } = {},
): NeededRight[] {
  const verbs = ['get', 'list', 'update'];
  if (kind === 'install' || kind === 'upgrade' || kind === 'rollback') {
    verbs.push('create', ...(deletesOldest ? ['delete'] : []));
  } else if (kind === 'uninstall' && !keepHistory) {
    verbs.push('delete');
  }
  return verbs.map(verb => ({
    ...{ verb, group: '', resource: 'secrets', namespace },
    names: [],
  }));
}

function rightsTo(verbs: string[], objects: PlacedObject[]): NeededRight[] {
  return objects.flatMap(
    ({ placed: { apiVersion, plural, namespace, name } }) =>
      plural === undefined
        ? []
        : verbs.map(verb => ({
            verb,
            group: groupVersionOf(apiVersion).group,
            resource: plural,
            ...(namespace !== undefined && { namespace }),
            names: [name],
          })),
  );
}

/** Joins the rights that differ in the names of objects only. */
export function combined(rights: NeededRight[]): NeededRight[] {
  const joined = new Map<string, NeededRight>();
  for (const { names, ...right } of rights) {
    const key = JSON.stringify([
      right.verb,
      right.group,
      right.resource,
      right.namespace,
    ]);
    const known = joined.get(key) ?? { ...right, names: [] };
    known.names = [...new Set([...known.names, ...names])];
    joined.set(key, known);
  }
  return [...joined.values()];
}

/** Returns whether `helm uninstall` and upgrades leave an object that they would delete. */
export function isKept({ object }: Pick<ManifestObject, 'object'>): boolean {
  const policy = textAt(
    object,
    'metadata',
    'annotations',
    'helm.sh/resource-policy',
  );
  return policy?.trim().toLowerCase() === 'keep';
}

export function nameOf({
  placed: { kind, namespace, name },
}: Pick<PlacedObject, 'placed'>) {
  return { kind, ...(namespace !== undefined && { namespace }), name };
}
