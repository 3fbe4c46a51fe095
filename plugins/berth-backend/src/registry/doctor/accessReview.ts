import limiterFactory from 'p-limit';
import { KubeClient, SELF_SUBJECT_ACCESS_REVIEWS } from '../../kube';
import { Right } from './rights';

const CONCURRENCY = 8;

interface AccessReviewStatus {
  allowed?: boolean;
}

/** Asks the API server which of the given rights the client has in all namespaces. */
export async function allowedOf(
  client: KubeClient,
  rights: readonly Right[],
  signal: AbortSignal,
): Promise<Right[]> {
  const limit = limiterFactory(CONCURRENCY);
  const answers = await Promise.all(
    rights.map(right => limit(() => isAllowed(client, right, signal))),
  );
  return rights.filter((_, index) => answers[index]);
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-access-review-v1/ */
async function isAllowed(
  client: KubeClient,
  { verb, group, resource: path, name }: Right,
  signal: AbortSignal,
): Promise<boolean> {
  signal.throwIfAborted();
  const [resource, subresource] = path.split('/');
  const { allowed } = await client.review<object, AccessReviewStatus>(
    SELF_SUBJECT_ACCESS_REVIEWS,
    { resourceAttributes: { verb, group, resource, subresource, name } },
    { signal },
  );
  return allowed === true;
}
