import { Health, healthOf } from '../releases/health';
import { LiveObject, Placed, readLive } from '../releases/liveObjects';
import { ManifestObject, readManifest } from '../releases/manifest';
import { CopyMask } from '../releases/mask';
import { secretsOf } from '../releases/view';
import { OpenedRelease } from './ReleaseAsPerson';

/** An object of a release that is not ready. */
export interface Waiting {
  /** Its kind and name. */
  object: string;
  /** Why, without copies of secrets. */
  reason: string;
}

/** The objects of a revision that can become ready. */
export interface Watched {
  objects: ManifestObject[];
  copies: CopyMask;
}

/** Reads which objects a revision has. */
export async function objectsOf(
  { reader }: OpenedRelease,
  revision: number,
): Promise<Watched> {
  const { release, stored } = await reader.open(revision);
  const { signal } = reader.options.calls;
  const objects = await readManifest(release, stored, signal);
  return { objects, copies: new CopyMask(secretsOf(release, objects)) };
}

/**
 * Returns the objects that are not ready yet, and those about which the cluster did not answer. An object that the person
 * may not read, or of a kind that the cluster does not have, does not count.
 */
export async function notReady(
  { objects, reader }: OpenedRelease,
  watched: Watched,
): Promise<Waiting[]> {
  const live = await readLive(objects, watched.objects, reader.namespace, {
    judge: object => healthOf(object, watched.copies),
  });
  return live.flatMap(one => {
    const reason = whyNotReady(one);
    return reason === undefined
      ? []
      : [{ object: titleOf(one.placed, reader.namespace), reason }];
  });
}

/** Returns why an object is not ready. A job may run for days. */
export function whyNotReady(one: LiveObject<Health>): string | undefined {
  switch (one.state) {
    case 'missing':
      return 'it is missing';
    case 'found': {
      const { health, message } = one.judged;
      const isRunningJob =
        one.placed.kind === 'Job' && health === 'Progressing';
      return isRunningJob || health === 'Healthy' || health === 'Unknown'
        ? undefined
        : message ?? health;
    }
    // A cluster that does not answer says nothing about the object.
    default:
      return one.mayPass ? one.message : undefined;
  }
}

function titleOf({ kind, name, namespace }: Placed, home: string): string {
  return namespace === undefined || namespace === home
    ? `${kind} ${name}`
    : `${kind} ${name} in ${namespace}`;
}
