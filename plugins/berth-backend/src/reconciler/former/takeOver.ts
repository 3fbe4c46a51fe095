import { NotFoundError } from '@backstage/errors';
import { TakeOverResult } from '@berth/plugin-berth-common';
import { KubeClient, NAMESPACES } from '../../kube';
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
import { withAppliedFields } from '../profiles/appliedFields';
import { DesiredSubject, NamespaceObject } from '../types';
import { FormerCluster } from './DatabaseFormerClusters';

const CONCURRENCY = 8;

/** Returns the names of the namespaces of each registration that can be taken over. */
export async function namespacesOfFormer(
  client: KubeClient,
  formers: FormerCluster[],
  wanted: DesiredSubject[],
  signal: AbortSignal,
): Promise<Map<string, string[]>> {
  const personal = personalNames(wanted);
  const byId = new Map(formers.map(({ id }) => [id, [] as string[]]));
  if (formers.length > 0) {
    for await (const namespace of managedNamespaces(client, signal)) {
      const { name, labels } = namespace.metadata;
      if (!personal.has(name)) {
        byId.get(labels?.[CLUSTER_ID_LABEL] ?? '')?.push(name);
      }
    }
  }
  return byId;
}

/**
 * Gives the namespaces of a former registration the label of this one. The next pass of this registration takes
 * over the role bindings and quotas in them that it wants. The other ones are deleted if they are certainly
 * Berth's. Network policies stay. A namespace whose name is that of a personal one now is not taken over: its content may be
 * that of another person.
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
  const personal = personalNames(wanted);
  const namespaces: NamespaceObject[] = [];
  for await (const namespace of managedNamespaces(client, signal)) {
    if (
      namespace.metadata.labels?.[CLUSTER_ID_LABEL] === former.id &&
      !isTerminating(namespace) &&
      !personal.has(namespace.metadata.name)
    ) {
      namespaces.push(namespace);
    }
  }
  if (namespaces.length === 0) {
    throw new NotFoundError(
      `No namespace that can be taken over on ${cluster.name} has the label ${CLUSTER_ID_LABEL}=${former.id} of the former registration "${former.name}"`,
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
  await forEachBounded(namespaces, CONCURRENCY, async namespace => {
    const { name, uid } = namespace.metadata;
    const labelled: NamespaceObject = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, uid, labels: ownLabels(cluster.id) },
    };
    await client.apply(NAMESPACES, withAppliedFields(labelled, namespace), {
      signal,
    });
  });
  return {
    namespaces: namespaces.map(({ metadata }) => metadata.name).sort(),
    removed: leftovers
      .sort((one, other) => keyText(one).localeCompare(keyText(other)))
      .map(presentKey),
  };
}

function personalNames(wanted: DesiredSubject[]): Set<string> {
  return new Set(
    wanted
      .filter(({ personal }) => personal)
      .map(({ namespace }) => namespace.metadata.name),
  );
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
