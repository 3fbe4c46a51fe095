import pLimit from 'p-limit';
import { KubeError, PersonClient } from '../../kube';
import { readRules, Rules } from '../../resources/abilities/AbilityReader';
import { isRecord } from '../../resources/values';
import { NeededRight } from './neededRights';

const CALLS_AT_A_TIME = 6;
const MAX_NAMESPACES = 10;
const MAX_REVIEWS = 30;

/** A right, and whether the person has it; undefined if the cluster was not asked. */
export interface ReviewedRight extends NeededRight {
  allowed?: boolean;
}

/**
 * Asks the cluster which rights the person has: by the rules of each namespace at once, and one by one for the whole
 * cluster and where the rules are not complete. The number of calls is bounded.
 *
 * @throws KubeError
 */
export async function reviewRights(
  client: PersonClient,
  needed: NeededRight[],
  signal: AbortSignal,
): Promise<ReviewedRight[]> {
  const atATime = pLimit(CALLS_AT_A_TIME);
  const namespaces = [
    ...new Set(needed.flatMap(({ namespace }) => namespace ?? [])),
  ].slice(0, MAX_NAMESPACES);
  const rules = new Map<string, Rules>();
  await Promise.all(
    namespaces.map(namespace =>
      atATime(async () => {
        rules.set(namespace, await readRules(client, namespace, signal));
      }),
    ),
  );
  let reviews = 0;
  const ask = async (right: NeededRight, name?: string) =>
    reviews++ < MAX_REVIEWS
      ? reviewOne(client, right, name, signal)
      : undefined;
  const review = async (right: NeededRight): Promise<boolean | undefined> => {
    const ofAll = await ask(right);
    if (ofAll !== false || right.names.length === 0) {
      return ofAll;
    }
    for (const name of right.names) {
      const ofOne = await ask(right, name);
      if (ofOne !== true) {
        return ofOne;
      }
    }
    return true;
  };
  const reviewed: ReviewedRight[] = [];
  for (const right of needed) {
    const known =
      right.namespace === undefined ? undefined : rules.get(right.namespace);
    const byRules = known && allowsAll(known, right);
    const allowed =
      byRules || known?.incomplete === false ? byRules : await review(right);
    reviewed.push({ ...right, ...(allowed !== undefined && { allowed }) });
  }
  return reviewed;
}

/** @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
function allowsAll(
  { rules }: Rules,
  { verb, group, resource, names }: NeededRight,
): boolean {
  const [, subresource] = resource.split('/');
  const resources = [
    '*',
    resource,
    ...(subresource === undefined ? [] : [`*/${subresource}`]),
  ];
  const fitting = rules.filter(
    rule =>
      hasAny(rule.verbs, ['*', verb]) &&
      hasAny(rule.groups, ['*', group]) &&
      hasAny(rule.resources, resources),
  );
  return (
    fitting.some(rule => rule.names.length === 0) ||
    // The name of an object that does not exist yet is not part of the request.
    (names.length > 0 &&
      !['create', 'list', 'watch'].includes(verb) &&
      names.every(name => fitting.some(rule => rule.names.includes(name))))
  );
}

function hasAny(values: string[], wanted: string[]): boolean {
  return values.some(value => wanted.includes(value));
}

async function reviewOne(
  client: PersonClient,
  { verb, group, resource: path, namespace }: NeededRight,
  name: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const [resource, subresource] = path.split('/');
  const answer = await client.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      contentType: 'application/json',
      content: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            ...{ verb, group, resource, subresource, namespace, name },
          },
        },
      },
    },
    signal,
  });
  const status = isRecord(answer) ? answer.status : undefined;
  if (!isRecord(status)) {
    throw new KubeError(
      'Protocol',
      `${client.server} does not answer what the token may do`,
    );
  }
  return status.allowed === true;
}
