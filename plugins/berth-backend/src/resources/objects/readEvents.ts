import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ObjectEvent } from '@berth/plugin-berth-common';
import { isKubeError } from '../../kube';
import { groupEvents } from './groupEvents';
import { JsonRecord, recordAt, textAt } from './json';
import { ObjectCalls } from './ObjectCalls';
import { selectorText } from './references';
import { isOwnedBy } from './revisions';

/** Where the API has the events of objects that belong to no namespace. */
const NAMESPACE_OF_OTHERS = 'default';

/** Returns whether an event is about an object of a kind with a name. */
type Belongs = (kind: string, name: string) => boolean;

/** Reads the events of an object, and of the ReplicaSets, Jobs and pods of a workload, also of deleted ones. */
export async function readEvents(
  calls: ObjectCalls,
  live: JsonRecord,
): Promise<ObjectEvent[]> {
  const name = textAt(live, 'metadata', 'name') ?? '';
  const kind = textAt(live, 'kind') ?? '';
  const uid = textAt(live, 'metadata', 'uid');
  const [events, parts] = await Promise.all([
    calls.kind('core', 'events'),
    partsOf(calls, live),
  ]);
  const found = await calls.list(events, {
    namespace: textAt(live, 'metadata', 'namespace') ?? NAMESPACE_OF_OTHERS,
    ...(!parts && {
      fieldSelector: `involvedObject.kind=${kind},involvedObject.name=${name}`,
    }),
  });
  return groupEvents(
    found.filter(event => {
      const object = recordAt(event, 'involvedObject');
      const ofKind = textAt(object, 'kind') ?? '';
      const ofName = textAt(object, 'name') ?? '';
      const ofUid = textAt(object, 'uid');
      if (ofKind === kind && ofName === name) {
        // The kubelet writes the name of a node as its UID.
        return kind === 'Node' || ofUid === undefined || ofUid === uid;
      }
      return parts?.(ofKind, ofName) ?? false;
    }),
  );
}

/** @returns undefined if the object has no parts with events of their own */
async function partsOf(
  calls: ObjectCalls,
  live: JsonRecord,
): Promise<Belongs | undefined> {
  const name = textAt(live, 'metadata', 'name') ?? '';
  switch (live.kind) {
    case 'Deployment': {
      const sets = await namesOf(calls, live, ['apps', 'replicasets']);
      return (kind, of) =>
        (kind === 'ReplicaSet' && sets.includes(of)) ||
        (kind === 'Pod' && sets.some(set => isPodOf(set, of)));
    }
    case 'CronJob': {
      const jobs = await namesOf(calls, live, ['batch', 'jobs']);
      const isJob = (of: string) =>
        jobs.includes(of) || /^\d+$/.test(afterName(name, of));
      return (kind, of) =>
        (kind === 'Job' && isJob(of)) ||
        (kind === 'Pod' && isJob(of.replace(/-[a-z0-9]{5}$/, '')));
    }
    case 'StatefulSet':
      return (kind, of) => kind === 'Pod' && /^\d+$/.test(afterName(name, of));
    case 'DaemonSet':
    case 'Job':
    case 'ReplicaSet':
      return (kind, of) => kind === 'Pod' && isPodOf(name, of);
    default:
      return undefined;
  }
}

async function namesOf(
  calls: ObjectCalls,
  live: JsonRecord,
  [group, plural]: [group: string, plural: string],
): Promise<string[]> {
  try {
    const found = await calls.listMetadata(await calls.kind(group, plural), {
      namespace: textAt(live, 'metadata', 'namespace'),
      labelSelector: selectorText(recordAt(live, 'spec', 'selector')),
    });
    return found
      .filter(item => isOwnedBy(live, item))
      .map(item => textAt(item, 'metadata', 'name') ?? '');
  } catch (error) {
    // The events of the object itself are worth showing without those of its parts.
    if (
      isKubeError(error, 'Forbidden') ||
      error instanceof NotAllowedError ||
      error instanceof NotFoundError
    ) {
      return [];
    }
    throw error;
  }
}

/** Pods of an indexed Job have their index before the random part. */
function isPodOf(owner: string, pod: string): boolean {
  return /^(\d+-)?[a-z0-9]{5}$/.test(afterName(owner, pod));
}

function afterName(name: string, longer: string): string {
  return longer.startsWith(`${name}-`) ? longer.slice(name.length + 1) : '';
}
