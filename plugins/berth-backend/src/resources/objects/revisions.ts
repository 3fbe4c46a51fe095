import { RolloutRevision } from '@berth/plugin-berth-common';
import { JsonRecord, numberAt, recordAt, recordsAt, textAt } from './json';

const REVISION = 'deployment.kubernetes.io/revision';
const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** Returns whether an object controls another one. */
export function controls(owner: JsonRecord, object: JsonRecord): boolean {
  return referencesTo(owner, object).some(
    ({ controller }) => controller === true,
  );
}

/**
 * Returns whether an object owns another one. A Job that a person ran from a CronJob has the CronJob as an owner that
 * does not control it.
 */
export function isOwnedBy(owner: JsonRecord, object: JsonRecord): boolean {
  return referencesTo(owner, object).length > 0;
}

function referencesTo(owner: JsonRecord, object: JsonRecord): JsonRecord[] {
  const uid = textAt(owner, 'metadata', 'uid');
  return recordsAt(object, 'metadata', 'ownerReferences').filter(
    reference => uid !== undefined && reference.uid === uid,
  );
}

/** Returns the revision of a Deployment or of one of its ReplicaSets, 0 if it has none. */
export function revisionNumber(object: JsonRecord): number {
  const number = Number(textAt(object, 'metadata', 'annotations', REVISION));
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}

/** Lists the revisions of a Deployment, the newest first. */
export function revisionsOfDeployment(
  deployment: JsonRecord,
  replicaSets: JsonRecord[],
): RolloutRevision[] {
  const current = revisionNumber(deployment);
  return replicaSets
    .filter(set => controls(deployment, set) && revisionNumber(set) > 0)
    .map(set => ({
      ...common(set),
      revision: revisionNumber(set),
      images: imagesOf(set),
      replicas: numberAt(set, 'status', 'replicas') ?? 0,
      current: revisionNumber(set) === current,
    }))
    .sort(byRevision);
}

/** Lists the revisions of a StatefulSet or DaemonSet, the newest first. */
export function revisionsOfSet(
  set: JsonRecord,
  controllerRevisions: JsonRecord[],
): RolloutRevision[] {
  const own = controllerRevisions
    .filter(revision => controls(set, revision))
    .map(revision => ({
      ...common(revision),
      revision: numberAt(revision, 'revision') ?? 0,
      images: imagesOf(recordAt(revision, 'data')),
    }))
    .sort(byRevision);
  const updated = textAt(set, 'status', 'updateRevision') ?? own[0]?.name;
  return own.map(revision => ({
    ...revision,
    current: revision.name === updated,
  }));
}

function common(object: JsonRecord) {
  const createdAt = textAt(object, 'metadata', 'creationTimestamp');
  const changeCause = textAt(object, 'metadata', 'annotations', CHANGE_CAUSE);
  return {
    name: textAt(object, 'metadata', 'name') ?? '',
    ...(createdAt !== undefined && { createdAt }),
    ...(changeCause !== undefined && { changeCause }),
  };
}

/** @param object - with the template of pods at its usual place */
function imagesOf(object: JsonRecord): string[] {
  const images = recordsAt(object, 'spec', 'template', 'spec', 'containers')
    .map(container => textAt(container, 'image'))
    .filter(image => image !== undefined);
  return [...new Set(images)];
}

function byRevision(a: { revision: number }, b: { revision: number }) {
  return b.revision - a.revision;
}
