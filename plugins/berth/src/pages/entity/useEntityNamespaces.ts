import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef, useEntity } from '@backstage/plugin-catalog-react';
import { ManagedNamespace, NamespaceAddress } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { problemOf } from '../../kit/format';
import { Polled, usePolled } from '../../kit/query';
import {
  annotatedNamespaces,
  annotation,
  ANNOTATION_CLUSTER,
  ANNOTATION_NAMESPACE,
  isNamespace,
  namespaceRefs,
} from './entities';

const INTERVAL = 15_000;
/** The most namespaces to load; a component runs in fewer. */
const MOST = 50;

/** The namespaces where a component or system runs, as far as the reader can see them. */
export interface EntityNamespaces {
  visible: ManagedNamespace[];
  /** Namespaces that do not exist, or that the reader cannot see. */
  hidden: NamespaceAddress[];
  /** Entries of the annotation that are not of the form `cluster/namespace`. */
  unreadable: string[];
  /** The number of namespaces that are left out. */
  more: number;
}

/** Polls the namespaces that the entity names in its annotation, or depends on. */
export function useEntityNamespaces(): Polled<EntityNamespaces> {
  const { entity } = useEntity();
  const berthApi = useApi(berthApiRef);
  const catalogApi = useApi(catalogApiRef);
  return usePolled({
    key: ['entityNamespaces', entity],
    load: async () => {
      const { addresses, unreadable } = annotatedNamespaces(entity);
      const entityRefs = namespaceRefs(entity);
      const { items } =
        entityRefs.length > 0
          ? await catalogApi.getEntitiesByRefs({ entityRefs })
          : { items: [] };
      for (const resource of items) {
        if (resource && isNamespace(resource)) {
          addresses.push({
            cluster: annotation(resource, ANNOTATION_CLUSTER) ?? '',
            namespace: annotation(resource, ANNOTATION_NAMESPACE) ?? '',
          });
        }
      }
      const all = [
        ...new Map(
          addresses.map(one => [`${one.cluster}/${one.namespace}`, one]),
        ).values(),
      ];
      const answers = await Promise.all(
        all.slice(0, MOST).map(async address => ({
          address,
          namespace: await visibleOnly(berthApi.getNamespace(address)),
        })),
      );
      return {
        visible: answers.flatMap(({ namespace }) => namespace ?? []),
        hidden: answers
          .filter(({ namespace }) => !namespace)
          .map(({ address }) => address),
        unreadable,
        more: Math.max(0, all.length - MOST),
      };
    },
    every: INTERVAL,
  });
}

async function visibleOnly<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (['notFound', 'forbidden'].includes(problemOf(error).kind)) {
      return undefined;
    }
    throw error;
  }
}
