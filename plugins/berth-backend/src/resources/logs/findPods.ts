import { NotFoundError } from '@backstage/errors';
import { KubeResource } from '../../kube';
import { collectionPath, objectPath } from '../../kube/objectPath';
import { LogPod } from './containers';

/** The most jobs of a cron job whose pods are looked for, the newest first. */
const MAX_JOBS = 20;

/** The metadata of a page of pods is far below the largest answer that is read. */
const PAGE_SIZE = 500;
const MAX_PAGES = 10;

const METADATA =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json';

/** The workloads whose pods have logs, by group and plural. */
const WORKLOADS: ReadonlySet<string> = new Set([
  'apps/daemonsets',
  'apps/deployments',
  'apps/replicasets',
  'apps/statefulsets',
  'batch/cronjobs',
  'batch/jobs',
]);

/** Reads JSON from the API server with the rights of the person. */
export type ReadJson = (request: {
  path: string;
  query?: Record<string, string>;
  accept?: string;
}) => Promise<unknown>;

/** The metadata of an object. */
export interface ObjectMetadata {
  name: string;
  uid: string;
  creationTimestamp?: string;
  ownerReferences?: { uid: string }[];
}

/** An object whose log is read: a pod or a workload. */
export interface LogSubject {
  /** `core` for the core group. */
  group: string;
  plural: string;
  namespace: string;
  name: string;
}

interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** @throws NotFoundError for a kind without logs */
export function assertHasLogs({ group, plural }: LogSubject): void {
  if (
    !(group === 'core' && plural === 'pods') &&
    !WORKLOADS.has(`${group}/${plural}`)
  ) {
    throw new NotFoundError(
      `${plural} have no logs. Pods, deployments, stateful sets, daemon sets, replica sets, jobs and cron jobs have logs`,
    );
  }
}

/** Returns the kinds that are read for the logs of a subject, the empty group for the core group. */
export function kindsReadFor({
  group,
  plural,
}: Pick<LogSubject, 'group' | 'plural'>): {
  group: string;
  resource: string;
}[] {
  const own = { group: group === 'core' ? '' : group, resource: plural };
  switch (plural) {
    case 'deployments':
      return [own, { group: 'apps', resource: 'replicasets' }];
    case 'cronjobs':
      return [own, { group: 'batch', resource: 'jobs' }];
    default:
      return [own];
  }
}

/**
 * Returns the pods that belong to a subject, the newest first. A selector alone also finds pods of others with
 * equal labels, so the pods must also be owned by the workload.
 */
export async function findPods(
  subject: LogSubject,
  read: ReadJson,
): Promise<ObjectMetadata[]> {
  const { group, plural, namespace, name } = subject;
  const path = objectPath(kindOf(group, plural), { namespace, name });
  const object = (await read({ path })) as {
    metadata: ObjectMetadata;
    spec?: { selector?: Selector };
  };
  const owners = new Set([object.metadata.uid]);
  const list = async (kind: [string, string], labelSelector?: string) => {
    const found = await listMetadata(
      read,
      collectionPath(kindOf(...kind), namespace),
      labelSelector,
    );
    return newestFirst(
      found.filter(({ ownerReferences = [] }) =>
        ownerReferences.some(({ uid }) => owners.has(uid)),
      ),
    );
  };
  if (plural === 'pods') {
    return [object.metadata];
  }
  if (plural === 'cronjobs') {
    const jobs = (await list(['batch', 'jobs'])).slice(0, MAX_JOBS);
    if (jobs.length === 0) {
      return [];
    }
    owners.clear();
    jobs.forEach(({ uid }) => owners.add(uid));
    const names = jobs.map(job => job.name).join(',');
    return list(['core', 'pods'], `job-name in (${names})`);
  }
  const selector = selectorOf(object.spec?.selector);
  if (selector === '') {
    // An empty selector would select all pods of the namespace.
    return [];
  }
  if (plural === 'deployments') {
    const sets = await list(['apps', 'replicasets'], selector);
    owners.clear();
    sets.forEach(({ uid }) => owners.add(uid));
  }
  return list(['core', 'pods'], selector);
}

async function listMetadata(
  read: ReadJson,
  path: string,
  labelSelector?: string,
): Promise<ObjectMetadata[]> {
  const found: ObjectMetadata[] = [];
  let next: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = (await read({
      path,
      query: {
        limit: String(PAGE_SIZE),
        ...(labelSelector !== undefined && { labelSelector }),
        ...(next !== undefined && { continue: next }),
      },
      accept: METADATA,
    })) as {
      metadata?: { continue?: string };
      items?: { metadata: ObjectMetadata }[];
    };
    found.push(...(answer.items ?? []).map(({ metadata }) => metadata));
    next = answer.metadata?.continue;
    if (!next) {
      break;
    }
  }
  return found;
}

/** Reads a pod whole. */
export async function readPod(
  namespace: string,
  name: string,
  read: ReadJson,
): Promise<LogPod> {
  return (await read({ path: podPath(namespace, name) })) as LogPod;
}

export function podPath(namespace: string, name: string): string {
  return objectPath(kindOf('core', 'pods'), { namespace, name });
}

function kindOf(group: string, plural: string): KubeResource {
  return {
    apiVersion: group === 'core' ? 'v1' : `${group}/v1`,
    kind: plural,
    plural,
    namespaced: true,
  };
}

function newestFirst(objects: ObjectMetadata[]): ObjectMetadata[] {
  return [...objects].sort(
    (one, other) =>
      Date.parse(other.creationTimestamp ?? '') -
        Date.parse(one.creationTimestamp ?? '') ||
      one.name.localeCompare(other.name),
  );
}

/** Writes a label selector as the API takes it in a query. */
export function selectorOf({
  matchLabels = {},
  matchExpressions = [],
}: Selector = {}): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'Exists':
          return key;
        case 'DoesNotExist':
          return `!${key}`;
        default:
          return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(
            ',',
          )})`;
      }
    }),
  ].join(',');
}
