import { NotFoundError } from '@backstage/errors';
import { TakeOverResult } from '@berth/plugin-berth-common';
import { KubeClient, KubeObject, NAMESPACES } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { MANAGED_BY } from '../../model/managedBy';
import { CLUSTER_ID_LABEL, ownLabels } from '../desired';
import { isTerminating } from '../drift';
import { forEachBounded } from '../forEachBounded';
import { keyText } from '../keys';
import { KINDS } from '../kinds';
import { certainLeftovers } from '../Revoker';
import { listLeftovers } from '../leftovers/readLeftovers';
import { presentKey } from '../preview/presentPlan';
import { isPodSecurityLabel } from '../profiles/podSecurity';
import { OWN_PREFIX, profileKeys } from '../profiles/profileFields';
import { NamespaceFields } from '../profiles/types';
import { DesiredSubject, NamespaceObject } from '../types';
import { FormerCluster } from './DatabaseFormerClusters';

const CONCURRENCY = 8;

/** Returns the names of the namespaces that carry the label of each registration. */
export async function namespacesOfFormer(
  client: KubeClient,
  formers: FormerCluster[],
  signal: AbortSignal,
): Promise<Map<string, string[]>> {
  const byId = new Map(formers.map(({ id }) => [id, [] as string[]]));
  if (formers.length > 0) {
    for await (const namespace of managedNamespaces(client, signal)) {
      const id = namespace.metadata.labels?.[CLUSTER_ID_LABEL] ?? '';
      byId.get(id)?.push(namespace.metadata.name);
    }
  }
  return byId;
}

/**
 * Gives the namespaces of a former registration the label of this one. The next pass of this registration takes
 * over the role bindings and quotas in them that it wants. The other ones are deleted if they are certainly
 * Berth's. Network policies stay.
 *
 * @param client - a client with the portal's own credential: the namespaces are labelled as Berth's already
 * @throws NotFoundError if no namespace has the label of the former registration
 */
export async function takeOver(
  client: KubeClient,
  cluster: ClusterRecord,
  former: FormerCluster,
  wanted: DesiredSubject[],
  signal: AbortSignal,
): Promise<TakeOverResult> {
  const namespaces: NamespaceObject[] = [];
  for await (const namespace of managedNamespaces(client, signal)) {
    if (
      namespace.metadata.labels?.[CLUSTER_ID_LABEL] === former.id &&
      !isTerminating(namespace)
    ) {
      namespaces.push(namespace);
    }
  }
  if (namespaces.length === 0) {
    throw new NotFoundError(
      `No namespace on ${cluster.name} has the label ${CLUSTER_ID_LABEL}=${former.id} of the former registration "${former.name}"`,
    );
  }
  const leftovers = certainLeftovers(
    { ...cluster, id: former.id },
    {
      wanted,
      candidates: await listLeftovers(
        client,
        {
          cluster: former,
          keys: [],
          wanted: wanted.flatMap(({ objects }) => objects),
          inventory: [],
        },
        signal,
        Infinity,
      ),
    },
  );
  // Deletes unwanted access first, so that a takeover that ends early leaves none.
  await forEachBounded(
    leftovers,
    CONCURRENCY,
    async ({ kind, uid, ...key }) => {
      await client.delete(KINDS[kind].resource, key, { uid }, { signal });
    },
  );
  await forEachBounded(namespaces, CONCURRENCY, async ({ metadata }) => {
    const { name, uid } = metadata;
    const { labels, annotations } = fieldsToKeep(metadata);
    await client.apply<KubeObject>(
      NAMESPACES,
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          uid,
          labels: { ...labels, ...ownLabels(cluster.id) },
          annotations,
        },
      },
      { signal },
    );
  });
  return {
    namespaces: namespaces.map(({ metadata }) => metadata.name).sort(),
    removed: leftovers
      .sort((one, other) => keyText(one).localeCompare(keyText(other)))
      .map(presentKey),
  };
}

/**
 * Returns the labels and annotations that Berth has set, as they are, because an apply drops what Berth applied before and
 * does not name again. Berth's own and the labels of Pod Security stay even if the list of the profile's fields is gone.
 */
function fieldsToKeep({
  labels = {},
  annotations = {},
}: NamespaceObject['metadata']): Required<NamespaceFields> {
  const keys = profileKeys(annotations);
  return {
    labels: pickBy(
      labels,
      key =>
        keys.labels.includes(key) ||
        key.startsWith(OWN_PREFIX) ||
        isPodSecurityLabel(key),
    ),
    annotations: pickBy(
      annotations,
      key => keys.annotations.includes(key) || key.startsWith(OWN_PREFIX),
    ),
  };
}

function pickBy(
  all: Record<string, string>,
  isKept: (key: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => isKept(key)));
}

async function* managedNamespaces(
  client: KubeClient,
  signal: AbortSignal,
): AsyncIterable<NamespaceObject> {
  const labelSelector = `${MANAGED_BY.label}=${MANAGED_BY.value}`;
  const byName = new Map<string, NamespaceObject>();
  for await (const { items } of client.pages<NamespaceObject>(
    NAMESPACES,
    { labelSelector },
    { signal },
  )) {
    items.forEach(item => byName.set(item.metadata.name, item));
  }
  yield* byName.values();
}
