import pLimit from 'p-limit';
import { isKubeError, KubeError } from '../../kube';
import { isPathSegment } from '../../kube/objectPath';
import { FailureCause, failureOf } from '../../resources/failures';
import { ClusterKind } from '../../resources/kinds/discovery';
import { groupVersionOf, JsonRecord } from '../../resources/objects/json';
import { apiVersionOf, ObjectCalls } from '../../resources/objects/ObjectCalls';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { isForbidden } from './byObjects';
import { ManifestObject } from './manifest';

const CALLS_AT_A_TIME = 6;
const MAX_OBJECTS = 500;
const MIB = 1024 * 1024;
/** For all objects of one request of a person. */
const MAX_BYTES = 32 * MIB;

const PASSING: ReadonlySet<FailureCause> = new Set([
  'Failed',
  'Timeout',
  'Unreachable',
]);

const GROUP = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)?$/;
const VERSION = /^v[0-9a-z]{1,62}$/;

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

/** Why an object is not read. */
interface Unread {
  state: 'forbidden' | 'unknown';
  message: string;
  /** The cluster did not answer, or failed. It may answer the next time. */
  mayPass?: boolean;
}

interface Place {
  placed: Placed;
  kind?: ClusterKind;
  /** Why there is no kind. */
  problem?: Unread;
}

/** An object of a manifest, as the cluster has it now. */
export type LiveObject<Judged> = {
  placed: Placed;
} & ({ state: 'found'; judged: Judged } | { state: 'missing' } | Unread);

/** What to do with the objects of the cluster. */
export interface LiveOptions<Judged> {
  /** Whether an object counts only in the version of the API that the manifest has. */
  inVersionOfManifest?: boolean;
  /** Returns what to keep of an object. The object itself is not kept. */
  judge(live: JsonRecord, wanted: ManifestObject): Judged;
}

/** Finds the kinds and namespaces of the objects of a manifest. */
export async function placeObjects(
  calls: ObjectCalls,
  objects: ManifestObject[],
  releaseNamespace: string,
): Promise<Place[]> {
  const findKind = kindFinder(calls);
  return Promise.all(
    objects.map(async ({ apiVersion, kind: name, ...wanted }) => {
      const { group } = groupVersionOf(apiVersion);
      const { kind, problem } = await findKind(apiVersion, name);
      const namespace =
        kind?.namespaced === false
          ? undefined
          : wanted.namespace ?? (kind && releaseNamespace);
      return {
        kind,
        problem,
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

/**
 * Reads the objects of a manifest, each once, even if the manifest has the object several times; the last one counts,
 * as for Helm. Objects of hooks are left out: they may be gone by design.
 */
export async function readLive<Judged>(
  calls: ObjectCalls,
  objects: ManifestObject[],
  releaseNamespace: string,
  options: LiveOptions<Judged>,
): Promise<LiveObject<Judged>[]> {
  const wanted = objects.filter(({ hook }) => !hook);
  const places = await placeObjects(calls, wanted, releaseNamespace);
  const distinct = new Map(
    places.map((place, index) => [
      keyOf(place.placed),
      { ...place, wanted: wanted[index] },
    ]),
  );
  const atATime = pLimit(CALLS_AT_A_TIME);
  const meter = meterOf(calls.cluster);
  return Promise.all(
    [...distinct.values()].map(
      async (one, index): Promise<LiveObject<Judged>> => {
        const { placed } = one;
        if (index >= MAX_OBJECTS) {
          const message = `Only the first ${MAX_OBJECTS} objects are read`;
          return { placed, ...unknown(message) };
        }
        const read = () => readOne(calls, one, options, meter);
        return { placed, ...(await atATime(read)) };
      },
    ),
  );
}

async function readOne<Judged>(
  calls: ObjectCalls,
  { kind, placed, problem, wanted }: Place & { wanted: ManifestObject },
  { inVersionOfManifest, judge }: LiveOptions<Judged>,
  meter: (bytes: number) => void,
) {
  if (wanted.problem !== undefined) {
    return unknown(wanted.problem);
  }
  if (!kind) {
    return problem!;
  }
  const unnamed = nameProblem(placed);
  if (unnamed !== undefined) {
    return unknown(unnamed);
  }
  const { version } = groupVersionOf(placed.apiVersion);
  const differs = inVersionOfManifest && version !== kind.version;
  try {
    // Nothing is asked for once the answers are too large.
    meter(0);
    if (differs && VERSION.test(version)) {
      const live = await unlessMissing(
        calls.get({ ...kind, version }, placed, meter),
      );
      if (live) {
        return { state: 'found' as const, judged: judge(live, wanted) };
      }
    }
    const live = await calls.get(kind, placed, meter);
    return differs
      ? unknown(
          `${calls.cluster} has it as ${apiVersionOf(
            kind,
          )}, which cannot be compared with ${quoteUntrusted(
            placed.apiVersion,
          )} of the manifest`,
        )
      : { state: 'found' as const, judged: judge(live, wanted) };
  } catch (error) {
    return isKubeError(error, 'NotFound')
      ? { state: 'missing' as const }
      : unread(error, calls.cluster);
  }
}

/** Finds each kind once. */
function kindFinder(calls: ObjectCalls) {
  const atATime = pLimit(CALLS_AT_A_TIME);
  const known = new Map<string, Promise<Omit<Place, 'placed'>>>();
  const find = async (
    apiVersion: string,
    name: string,
  ): Promise<Omit<Place, 'placed'>> => {
    const { group } = groupVersionOf(apiVersion);
    try {
      const kind = GROUP.test(group)
        ? await calls.kindNamed(group, name)
        : undefined;
      return kind
        ? { kind }
        : {
            problem: unknown(
              `${calls.cluster} has no kind ${quoteUntrusted(
                name,
              )} of ${quoteUntrusted(apiVersion)}`,
            ),
          };
    } catch (error) {
      // The manifest can be shown without the kinds of the cluster.
      return { problem: unread(error, calls.cluster) };
    }
  };
  return (apiVersion: string, name: string) => {
    const key = JSON.stringify([apiVersion, name]);
    const found = known.get(key) ?? atATime(() => find(apiVersion, name));
    known.set(key, found);
    return found;
  };
}

/** Counts the bytes of all answers. */
function meterOf(cluster: string): (bytes: number) => void {
  let total = 0;
  return bytes => {
    total += bytes;
    if (total > MAX_BYTES) {
      throw new KubeError(
        'Protocol',
        `The objects of the release on ${cluster} are too large: only ${
          MAX_BYTES / MIB
        } MiB of them are read`,
        { reason: 'ResponseTooLarge' },
      );
    }
  };
}

function nameProblem({ kind, name, namespace }: Placed): string | undefined {
  if (name === '') {
    return `This ${kind} of the manifest has no name`;
  }
  const invalid = [name, namespace ?? 'default'].find(
    text => !isPathSegment(text),
  );
  return invalid === undefined
    ? undefined
    : `This ${kind} of the manifest has no name that Kubernetes allows: ${quoteUntrusted(
        invalid,
      )}`;
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isKubeError(error, 'NotFound')) {
      return undefined;
    }
    throw error;
  }
}

function unread(error: unknown, cluster: string): Unread {
  const { cause, message } = failureOf(error, cluster);
  return {
    state: isForbidden(error) ? 'forbidden' : 'unknown',
    message,
    ...(PASSING.has(cause) && { mayPass: true }),
  };
}

function unknown(message: string): Unread {
  return { state: 'unknown', message };
}

function keyOf({ group, kind, namespace, name }: Placed): string {
  return JSON.stringify([group, kind, namespace, name]);
}
