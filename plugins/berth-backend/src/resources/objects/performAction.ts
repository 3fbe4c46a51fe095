import { NotFoundError } from '@backstage/errors';
import { ObjectAction, ObjectActionResult } from '@berth/plugin-berth-common';
import { randomInt } from 'node:crypto';
import { ClusterCallError } from '../../access/clusterCallErrors';
import { isKubeError } from '../../kube';
import { ClusterKind } from '../kinds/discovery';
import {
  assertHasAction,
  Change,
  changeFor,
  jobOf,
  rollBackDeployment,
  rollBackSet,
} from './actions';
import { JsonRecord, numberAt, recordAt, textAt } from './json';
import { assertNotKept } from './keptByBerth';
import { ObjectCalls, ObjectKey } from './ObjectCalls';
import { selectorText } from './references';
import { controls, revisionNumber } from './revisions';
import { otherObject, uidError } from './writeErrors';

/** As Kubernetes makes the names of pods: without vowels, so that no words arise. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;

/**
 * Performs an action on an object, as `kubectl` does.
 *
 * @throws InputError if the kind or the state of the object does not allow the action; ConflictError if another object
 *   has the name; NotAllowedError if Berth keeps the object
 */
export async function performAction(
  calls: ObjectCalls,
  kind: ClusterKind,
  key: ObjectKey,
  action: ObjectAction,
): Promise<ObjectActionResult> {
  assertHasAction(kind.kind, action.action);
  const live = await calls.get(kind, key);
  if (textAt(live, 'metadata', 'uid') !== action.uid) {
    throw otherObject(kind.kind, key.name);
  }
  assertNotKept(live);
  if (action.action === 'runNow') {
    return runNow(calls, live);
  }
  const change =
    action.action === 'rollBack'
      ? await rollBack(calls, live, action.revision)
      : changeFor(action, live, new Date());
  await send(calls, kind, key, change);
  return {};
}

async function send(
  calls: ObjectCalls,
  kind: ClusterKind,
  key: ObjectKey,
  { contentType, content, subresource, made }: Change,
): Promise<void> {
  let result: unknown;
  try {
    result = await calls.patch(
      kind,
      key,
      { contentType, content },
      { subresource },
    );
  } catch (error) {
    if (subresource === 'scale' && isKubeError(error, 'NotFound')) {
      throw new NotFoundError(
        `A ${kind.kind} cannot be scaled: ${calls.cluster} has no ${kind.plural}/scale for ${key.name}`,
      );
    }
    throw uidError(error, { kind: kind.kind, name: key.name });
  }
  if (made && !made(result)) {
    throw new ClusterCallError(
      502,
      `${calls.cluster} accepted the change of ${key.name} and did not make it; its version of Kubernetes may be too old for it`,
    );
  }
}

async function runNow(
  calls: ObjectCalls,
  cronJob: JsonRecord,
): Promise<ObjectActionResult> {
  const jobs = await calls.kind('batch', 'jobs');
  const job = await calls.create(jobs, jobOf(cronJob, randomSuffix()));
  return {
    created: {
      group: 'batch',
      plural: 'jobs',
      name: textAt(job, 'metadata', 'name') ?? '',
    },
  };
}

async function rollBack(
  calls: ObjectCalls,
  live: JsonRecord,
  revision: number,
): Promise<Change> {
  const isDeployment = live.kind === 'Deployment';
  const kind = await calls.kind(
    'apps',
    isDeployment ? 'replicasets' : 'controllerrevisions',
  );
  const found = await calls.list(kind, {
    namespace: textAt(live, 'metadata', 'namespace'),
    labelSelector: selectorText(recordAt(live, 'spec', 'selector')),
  });
  const wanted = found.find(
    object =>
      controls(live, object) &&
      (isDeployment ? revisionNumber(object) : numberAt(object, 'revision')) ===
        revision,
  );
  if (!wanted) {
    throw new NotFoundError(
      `${live.kind} ${textAt(
        live,
        'metadata',
        'name',
      )} has no revision ${revision} any more`,
    );
  }
  return isDeployment
    ? rollBackDeployment(live, wanted)
    : rollBackSet(live, wanted);
}

function randomSuffix(): string {
  return Array.from(
    { length: SUFFIX_LENGTH },
    () => LETTERS[randomInt(LETTERS.length)],
  ).join('');
}
