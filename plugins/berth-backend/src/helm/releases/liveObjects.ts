import pLimit from 'p-limit';
import { isKubeError } from '../../kube';
import { ClusterKind } from '../../resources/kinds/discovery';
import { failureOf } from '../../resources/failures';
import { groupVersionOf, JsonRecord } from '../../resources/objects/json';
import { ObjectCalls } from '../../resources/objects/ObjectCalls';
import { isForbidden } from './byObjects';
import { ManifestObject } from './manifest';

const CALLS_AT_A_TIME = 6;
const MAX_OBJECTS = 500;

/** Where an object of a manifest is on the cluster. */
export interface Placed {
  kind: string;
  apiVersion: string;
  /** `core` for the core group. */
  group: string;
  plural?: string;
  namespace?: string;
  name: string;
}

/** An object of a manifest, as the cluster has it now. */
export type LiveObject = {
  wanted: ManifestObject;
  placed: Placed;
} & (
  | { state: 'found'; live: JsonRecord }
  | { state: 'missing' }
  | { state: 'forbidden' | 'unknown'; message: string }
);

/** Finds the kinds and namespaces of the objects of a manifest. */
export async function placeObjects(
  calls: ObjectCalls,
  objects: ManifestObject[],
  releaseNamespace: string,
): Promise<{ kind?: ClusterKind; placed: Placed }[]> {
  return Promise.all(
    objects.map(async ({ apiVersion, kind: name, ...wanted }) => {
      const { group } = groupVersionOf(apiVersion);
      const kind = await calls.kindNamed(group, name).catch(error => {
        // The manifest can be shown without the kinds of the cluster.
        failureOf(error, calls.cluster);
        return undefined;
      });
      const namespace =
        kind?.namespaced === false
          ? undefined
          : wanted.namespace ?? (kind && releaseNamespace);
      return {
        kind,
        placed: {
          kind: name,
          apiVersion,
          group: group === '' ? 'core' : group,
          ...(kind && { plural: kind.plural }),
          ...(namespace !== undefined && { namespace }),
          name: wanted.name,
        },
      };
    }),
  );
}

/** Reads the objects of a manifest, the first 500 of them. Objects of hooks are left out: they may be gone by design. */
export async function readLive(
  calls: ObjectCalls,
  objects: ManifestObject[],
  releaseNamespace: string,
): Promise<LiveObject[]> {
  const wanted = objects.filter(({ hook }) => !hook).slice(0, MAX_OBJECTS);
  const places = await placeObjects(calls, wanted, releaseNamespace);
  const atATime = pLimit(CALLS_AT_A_TIME);
  return Promise.all(
    places.map(({ kind, placed }, index) =>
      atATime(() => readOne(calls, { kind, placed, wanted: wanted[index] })),
    ),
  );
}

async function readOne(
  calls: ObjectCalls,
  of: { kind?: ClusterKind; placed: Placed; wanted: ManifestObject },
): Promise<LiveObject> {
  const { kind, placed, wanted } = of;
  const base = { wanted, placed };
  if (!kind) {
    return {
      ...base,
      state: 'unknown',
      message:
        wanted.problem ??
        `${calls.cluster} has no kind ${placed.kind} of ${placed.apiVersion}, or does not list it`,
    };
  }
  try {
    const live = await calls.get(kind, placed);
    return { ...base, state: 'found', live };
  } catch (error) {
    if (isKubeError(error, 'NotFound')) {
      return { ...base, state: 'missing' };
    }
    return {
      ...base,
      state: isForbidden(error) ? 'forbidden' : 'unknown',
      message: failureOf(error, calls.cluster).message,
    };
  }
}
