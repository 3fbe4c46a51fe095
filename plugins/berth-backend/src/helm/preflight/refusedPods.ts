import pLimit from 'p-limit';
import { isKubeError, PersonClient } from '../../kube';
import { collectionPath } from '../../kube/objectPath';
import {
  JsonRecord,
  recordAt,
  recordsAt,
  textAt,
} from '../../resources/objects/json';
import { podTemplateOf } from '../../resources/objects/references';
import { CopyMask } from '../releases/mask';
import { PlacedObject } from './neededRights';
import { QuotingSentence } from './sentences';

const WORKLOADS: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'ReplicaSet',
  'StatefulSet',
]);
const MAX_WORKLOADS = 30;
const CALLS_AT_A_TIME = 6;
const MAX_TEXT = 500;
const PODS = {
  apiVersion: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespaced: true,
} as const;
/**
 * The refusals of Pod Security, of admission policies and of webhooks, which no later object of the release changes. The
 * status is 403, or 422 of policies and 400 of webhooks that name no other.
 */
const BY_ADMISSION =
  /violates PodSecurity|ValidatingAdmissionPolicy|admission webhook .+ denied the request/;

/**
 * Asks the cluster to create a pod of each workload, without writing it. A cluster accepts a workload whose pods it
 * refuses, and an operation that does not wait would succeed without a pod.
 *
 * @param objects - those that the operation writes; at most 30 workloads are checked
 * @param copies - hides secrets in the words of the cluster
 * @returns a sentence for each workload with refused pods; none where the person may not create pods
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export async function refusedPods(
  client: PersonClient,
  objects: PlacedObject[],
  copies: CopyMask,
  signal: AbortSignal,
): Promise<QuotingSentence[]> {
  const atATime = pLimit(CALLS_AT_A_TIME);
  const accounts = new Set(
    objects
      .filter(({ placed }) => placed.kind === 'ServiceAccount')
      .map(({ placed }) => placed.name),
  );
  const check = async ({ wanted, placed }: PlacedObject) => {
    const { namespace } = placed;
    try {
      await client.request({
        method: 'POST',
        path: collectionPath(PODS, namespace),
        query: { dryRun: 'All' },
        body: {
          contentType: 'application/json',
          content: podOf(wanted.object, accounts),
        },
        signal,
      });
      return [];
    } catch (error) {
      signal.throwIfAborted();
      if (!isKubeError(error) || !BY_ADMISSION.test(error.message)) {
        return [];
      }
      const text = copies.text(error.message).slice(0, MAX_TEXT);
      const refused = `The cluster would refuse the pods of ${placed.kind} ${placed.name}`;
      return [
        {
          text: `${refused}: ${text}`,
          forLogs: `${refused}. The preview in the portal has its words`,
        },
      ];
    }
  };
  const workloads = objects
    .filter(
      ({ placed, problem }) =>
        WORKLOADS.has(placed.kind) &&
        placed.namespace !== undefined &&
        problem === undefined,
    )
    .slice(0, MAX_WORKLOADS);
  const found = await Promise.all(
    workloads.map(object => atATime(() => check(object))),
  );
  return found.flat();
}

/** Computes a pod that the cluster can judge before the other objects of the release exist. */
function podOf(
  workload: JsonRecord,
  accounts: ReadonlySet<string>,
): JsonRecord {
  const template = podTemplateOf(workload);
  const { labels, annotations } = recordAt(template, 'metadata');
  const {
    serviceAccountName,
    serviceAccount: _deprecated,
    ...spec
  } = recordAt(template, 'spec');
  const claimed = recordsAt(workload, 'spec', 'volumeClaimTemplates').map(
    claim => ({ name: textAt(claim, 'metadata', 'name'), emptyDir: {} }),
  );
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'berth-check-', labels, annotations },
    spec: {
      ...spec,
      ...(typeof serviceAccountName === 'string' &&
        !accounts.has(serviceAccountName) && { serviceAccountName }),
      ...(claimed.length > 0 && {
        volumes: [...recordsAt(spec, 'volumes'), ...claimed],
      }),
    },
  };
}
