import { RESOURCES, REVIEWS } from '../resources';
import {
  apiVersionOf,
  ResourceDefinition,
  STANDARD_VERBS,
} from '../resources/ResourceDefinition';
import { JsonObject } from '../types';

interface ListedResource extends JsonObject {
  name: string;
  singularName: string;
  namespaced: boolean;
  kind: string;
  verbs: string[];
}

interface GroupVersion {
  group: string;
  version: string;
}

/** Returns every group with its one version, in the order of preference for clients. */
export function groupVersions(): GroupVersion[] {
  const seen = new Map<string, GroupVersion>();
  for (const { group, version } of [...RESOURCES, ...REVIEWS]) {
    seen.set(group, { group, version });
  }
  return [...seen.values()];
}

/** Returns the document `/api`. */
export function apiVersions(address: string): JsonObject {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [
      { clientCIDR: '0.0.0.0/0', serverAddress: address },
    ],
  };
}

/** Returns the document `/apis`. */
export function apiGroupList(): JsonObject {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groupVersions()
      .filter(({ group }) => group !== '')
      .map(groupEntry),
  };
}

/** Returns the document `/apis/GROUP`; undefined if the group does not exist. */
export function apiGroup(name: string): JsonObject | undefined {
  const found = groupVersions().find(
    ({ group }) => group !== '' && group === name,
  );
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(found) };
}

function groupEntry({ group, version }: GroupVersion) {
  const entry = { groupVersion: `${group}/${version}`, version };
  return { name: group, versions: [entry], preferredVersion: entry };
}

/** Returns the document `/api/v1` or `/apis/GROUP/VERSION`; undefined if the version does not exist. */
export function apiResourceList(
  group: string,
  version: string,
): JsonObject | undefined {
  const resources = listedResources(group, version);
  return resources.length === 0
    ? undefined
    : {
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion: apiVersionOf({ group, version }),
        resources,
      };
}

function listedResources(group: string, version: string): ListedResource[] {
  const ofVersion = (entry: GroupVersion) =>
    entry.group === group && entry.version === version;
  const kept = RESOURCES.filter(ofVersion).flatMap(listDefinition);
  const reviews = REVIEWS.filter(ofVersion).map(
    ({ plural, singular, kind, namespaced }) => ({
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: ['create'],
    }),
  );
  return [...kept, ...reviews].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function listDefinition(definition: ResourceDefinition): ListedResource[] {
  const { plural, singular, namespaced, kind } = definition;
  const subresource = (name: string, entry: JsonObject, verbs: string[]) => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    kind,
    ...entry,
    verbs,
  });
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: definition.verbs ?? STANDARD_VERBS,
      ...(definition.shortNames && { shortNames: definition.shortNames }),
      ...(definition.categories && { categories: definition.categories }),
    },
    ...(definition.hasStatus
      ? [subresource('status', {}, ['get', 'patch', 'update'])]
      : []),
    ...(definition.hasScale
      ? [
          subresource(
            'scale',
            { group: 'autoscaling', version: 'v1', kind: 'Scale' },
            ['get', 'patch', 'update'],
          ),
        ]
      : []),
    ...(definition.subresources ?? []).map(({ name, verbs, ...entry }) =>
      subresource(name, entry, verbs),
    ),
  ];
}

/** Returns all of discovery in one document, for `/api` or `/apis`. */
export function aggregatedDiscovery(core: boolean): JsonObject {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groupVersions()
      .filter(({ group }) => (group === '') === core)
      .map(({ group, version }) => ({
        metadata: { creationTimestamp: null, ...(group && { name: group }) },
        versions: [
          {
            version,
            freshness: 'Current',
            resources: aggregatedResources(group, version),
          },
        ],
      })),
  };
}

function aggregatedResources(group: string, version: string): JsonObject[] {
  const listed = listedResources(group, version);
  const kindOf = (entry: ListedResource) => ({
    group: entry.group ?? group,
    version: entry.version ?? version,
    kind: entry.kind,
  });
  return listed
    .filter(({ name }) => !name.includes('/'))
    .map(entry => {
      const subresources = listed
        .filter(({ name }) => name.startsWith(`${entry.name}/`))
        .map(sub => ({
          subresource: sub.name.slice(entry.name.length + 1),
          responseKind: kindOf(sub),
          verbs: sub.verbs,
        }));
      return {
        resource: entry.name,
        responseKind: kindOf(entry),
        scope: entry.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: entry.singularName,
        verbs: entry.verbs,
        ...(entry.shortNames && { shortNames: entry.shortNames }),
        ...(entry.categories && { categories: entry.categories }),
        ...(subresources.length && { subresources }),
      };
    });
}
