import { FetchResponseWrapper } from '@backstage/plugin-kubernetes-node';
import { collected, failed, Fetched, fetchError } from './fetchErrors';
import { podStatuses } from './podStatus';
import { ListContext, pathOf, readList } from './readList';

const MAX_NAMESPACES = 50;

/** Many clusters have no metrics server, or not for everybody, so pages do not warn about these statuses. */
const NO_METRICS: ReadonlySet<number> = new Set([403, 404]);

/** Reads the resource use of the pods in some namespaces, as the Kubernetes plugin's own fetcher does. */
export async function readPodMetrics(
  namespaces: Set<string>,
  context: ListContext,
): Promise<FetchResponseWrapper> {
  if (namespaces.size > MAX_NAMESPACES) {
    return failed(
      `the pods are in more than ${MAX_NAMESPACES} namespaces, so what they use is not shown; add a namespace to the component's annotations`,
    );
  }
  const { errors, responses } = collected(
    await Promise.all(
      [...namespaces].map(namespace => readNamespace(namespace, context)),
    ),
  );
  return {
    responses,
    errors: errors.filter(
      error => !('statusCode' in error && NO_METRICS.has(error.statusCode!)),
    ),
  };
}

async function readNamespace(
  namespace: string,
  context: ListContext,
): Promise<Fetched> {
  const collection = {
    group: 'metrics.k8s.io',
    apiVersion: 'v1beta1',
    plural: 'pods',
    namespace,
  };
  try {
    const [metrics, pods] = await Promise.all([
      readList(collection, context),
      readList({ ...collection, group: '', apiVersion: 'v1' }, context),
    ]);
    return {
      type: 'podstatus',
      resources: podStatuses(pods.items, metrics.items),
    } as unknown as Fetched;
  } catch (error) {
    return fetchError(error, pathOf(collection));
  }
}
