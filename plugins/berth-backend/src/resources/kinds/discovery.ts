import { KubeError, PersonClient } from '../../kube';
import { isRecord } from '../values';

/** A kind of objects of a cluster, in the version that the cluster prefers. */
export interface ClusterKind {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  shortNames: string[];
  namespaced: boolean;
  verbs: string[];
}

/** More than any cluster has. */
const MAX_KINDS = 5_000;
const MAX_GROUPS = 500;
const MAX_BYTES = 8 * 1024 * 1024;
/** Requests at a time to a cluster that does not aggregate its discovery. */
const AT_A_TIME = 4;

const AGGREGATED = ['v2', 'v2beta1']
  .map(
    v =>
      `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`,
  )
  .concat('application/json')
  .join(',');

const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const VERSION = /^v[0-9a-z]{1,62}$/;

/** Reads the kinds of one group; undefined if the cluster does not have the group. */
export async function readGroupKinds(
  client: PersonClient,
  group: string,
  signal?: AbortSignal,
): Promise<ClusterKind[]> {
  if (group === '') {
    return readVersionKinds(client, '', 'v1', signal);
  }
  const answer = await client.request({
    method: 'GET',
    path: `/apis/${encodeURIComponent(group)}`,
    signal,
  });
  const kinds: ClusterKind[] = [];
  for (const version of versionsOf(answer)) {
    addMissing(kinds, await readVersionKinds(client, group, version, signal));
  }
  return kinds;
}

/**
 * Reads all kinds. Groups whose server does not answer are left out.
 *
 * @see https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery
 */
export async function readAllKinds(
  client: PersonClient,
  signal?: AbortSignal,
): Promise<ClusterKind[]> {
  const [core, named] = await Promise.all(
    ['/api', '/apis'].map(path =>
      client.request({
        method: 'GET',
        path,
        accept: AGGREGATED,
        maxBytes: MAX_BYTES,
        signal,
      }),
    ),
  );
  const [coreKinds, namedKinds] = await Promise.all([
    isAggregated(core)
      ? aggregatedKinds(core)
      : readVersionKinds(client, '', 'v1', signal),
    isAggregated(named)
      ? aggregatedKinds(named)
      : readNamedGroups(client, named, signal),
  ]);
  return [...coreKinds, ...namedKinds].slice(0, MAX_KINDS);
}

async function readNamedGroups(
  client: PersonClient,
  list: unknown,
  signal?: AbortSignal,
): Promise<ClusterKind[]> {
  const groups = recordsOf(isRecord(list) ? list.groups : undefined)
    .flatMap(item => {
      const name = text(item.name, NAME);
      return name === undefined ? [] : [{ name, versions: versionsOf(item) }];
    })
    .slice(0, MAX_GROUPS);
  const found: ClusterKind[][] = groups.map(() => []);
  let next = 0;
  const work = async () => {
    while (next < groups.length) {
      const index = next++;
      const { name, versions } = groups[index];
      for (const version of versions) {
        try {
          addMissing(
            found[index],
            await readVersionKinds(client, name, version, signal),
          );
        } catch (error) {
          // The server behind an aggregated group may be away; the other groups have nothing to do with it.
          if (!(error instanceof KubeError) || signal?.aborted) {
            throw error;
          }
        }
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return found.flat();
}

async function readVersionKinds(
  client: PersonClient,
  group: string,
  version: string,
  signal?: AbortSignal,
): Promise<ClusterKind[]> {
  const answer = await client.request({
    method: 'GET',
    path: group === '' ? `/api/${version}` : `/apis/${group}/${version}`,
    signal,
  });
  return recordsOf(isRecord(answer) ? answer.resources : undefined).flatMap(
    item =>
      kindOf(
        { group, version },
        {
          plural: item.name,
          kind: item.kind,
          shortNames: item.shortNames,
          namespaced: item.namespaced,
          verbs: item.verbs,
        },
      ),
  );
}

function isAggregated(answer: unknown): answer is { items: unknown } {
  return isRecord(answer) && answer.kind === 'APIGroupDiscoveryList';
}

function aggregatedKinds({ items }: { items: unknown }): ClusterKind[] {
  return recordsOf(items).flatMap(item => {
    const metadata = isRecord(item.metadata) ? item.metadata : {};
    const group =
      metadata.name === undefined ? '' : text(metadata.name, /^$|.*/);
    const kinds: ClusterKind[] = [];
    if (group === undefined || (group !== '' && !NAME.test(group))) {
      return kinds;
    }
    for (const of of recordsOf(item.versions)) {
      const version = text(of.version, VERSION);
      if (version !== undefined) {
        addMissing(
          kinds,
          recordsOf(of.resources).flatMap(resource =>
            kindOf(
              { group, version },
              {
                plural: resource.resource,
                kind: isRecord(resource.responseKind)
                  ? resource.responseKind.kind
                  : undefined,
                shortNames: resource.shortNames,
                namespaced: resource.scope === 'Namespaced',
                verbs: resource.verbs,
              },
            ),
          ),
        );
      }
    }
    return kinds;
  });
}

/** A group may serve a kind only in a version that it does not prefer. */
function addMissing(kinds: ClusterKind[], more: ClusterKind[]): void {
  const known = new Set(kinds.map(({ plural }) => plural));
  kinds.push(...more.filter(({ plural }) => !known.has(plural)));
}

/** Returns the versions of an APIGroup, the preferred one first. */
function versionsOf(group: unknown): string[] {
  const { preferredVersion, versions } = isRecord(group)
    ? group
    : ({} as Record<string, unknown>);
  const found = [preferredVersion, ...recordsOf(versions)].flatMap(item => {
    const version = isRecord(item) ? text(item.version, VERSION) : undefined;
    return version === undefined ? [] : [version];
  });
  return [...new Set(found)].slice(0, 10);
}

function kindOf(
  of: { group: string; version: string },
  item: Record<
    'kind' | 'namespaced' | 'plural' | 'shortNames' | 'verbs',
    unknown
  >,
): ClusterKind[] {
  const plural = text(item.plural, /^[a-z][a-z0-9-]{0,62}$/);
  const kind = text(item.kind, /^[A-Za-z][A-Za-z0-9]{0,62}$/);
  // Subresources have a slash in their names.
  return plural === undefined || kind === undefined
    ? []
    : [
        {
          ...of,
          kind,
          plural,
          shortNames: texts(item.shortNames),
          namespaced: item.namespaced === true,
          verbs: texts(item.verbs),
        },
      ];
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value
        .filter((item): item is string => text(item, NAME) !== undefined)
        .slice(0, 20)
    : [];
}

function text(value: unknown, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
