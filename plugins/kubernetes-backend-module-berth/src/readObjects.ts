import {
  FetchResponseWrapper,
  ObjectFetchParams,
  ObjectToFetch,
} from '@backstage/plugin-kubernetes-node';
import { collected, Fetched, fetchError } from './fetchErrors';
import { isRecord, ListContext, pathOf, readList } from './readList';

/** Reads all objects of a component, as the Kubernetes plugin's own fetcher does. */
export async function readObjects(
  params: ObjectFetchParams,
  context: ListContext,
): Promise<FetchResponseWrapper> {
  const { customResources, namespace, objectTypesToFetch } = params;
  return collected(
    await Promise.all(
      [...objectTypesToFetch, ...customResources].map(type =>
        readType(type, namespace, context),
      ),
    ),
  );
}

async function readType(
  type: ObjectToFetch,
  namespace: string | undefined,
  context: ListContext,
): Promise<Fetched> {
  const collection = { ...type, namespace };
  try {
    const { kind, items } = await readList(collection, context);
    const itemKind = kind?.replace(/List$/, '');
    const isSecret = type.objectType === 'secrets' || itemKind === 'Secret';
    const resources = isSecret ? items.map(withoutData) : items;
    if (type.objectType !== 'customresources') {
      return { type: type.objectType, resources } as Fetched;
    }
    if (itemKind === undefined) {
      throw new Error(`The list of ${type.plural} has no kind`);
    }
    return {
      type: 'customresources',
      resources: resources.map(item => ({ ...item, kind: itemKind })),
    };
  } catch (error) {
    return fetchError(error, pathOf(collection));
  }
}

/** The annotation in which `kubectl apply` keeps the whole object, the values of a secret included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Returns a secret without its values. */
function withoutData(item: Record<string, unknown>): Record<string, unknown> {
  return {
    ...item,
    ...(isRecord(item.metadata) && {
      metadata: withoutLastApplied(item.metadata),
    }),
    ...(isRecord(item.data) && { data: hidden(item.data) }),
    ...(isRecord(item.stringData) && { stringData: hidden(item.stringData) }),
  };
}

function withoutLastApplied(
  metadata: Record<string, unknown>,
): Record<string, unknown> {
  if (!isRecord(metadata.annotations)) {
    return metadata;
  }
  const { [LAST_APPLIED]: _, ...annotations } = metadata.annotations;
  return { ...metadata, annotations };
}

function hidden(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.keys(values).map(key => [key, '***']));
}
