/*
 * The rules of the policies `identity.berth.dev` and `placement.berth.dev` for pods that exist, because a cluster judges
 * pods only when they are created. Tests compare the answers with those of the policies.
 */
import { escapeInvisible } from '../text/quoteUntrusted';
import { PACK_ANNOTATIONS, PACK_LABELS } from './names';
import { KUBERNETES_TOLERATIONS } from './placementPolicy';

/** What the policies read of a namespace. */
export interface JudgingNamespace {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Which policies a cluster has. */
export interface JudgingPolicies {
  identity: boolean;
  placement: boolean;
  /** Whether the policy for defaults completes new pods. */
  defaults: boolean;
  /** Whether pods must keep out the groups of their image. */
  strictGroups: boolean;
}

/** A policy that refuses a pod, with the reason. */
export interface PodRefusal {
  item: 'identity' | 'placement';
  why: string;
}

type Fields = Record<string, unknown>;

/**
 * Returns why a pod would be refused when it starts again; empty if it would not. A `nodeName` counts only before the
 * scheduler has chosen one, so it does not count here.
 *
 * @param spec - the spec of a pod, as a cluster sends it: nothing in it is trusted
 */
export function podRefusals(
  spec: unknown,
  namespace: JudgingNamespace,
  policies: JudgingPolicies,
): PodRefusal[] {
  const pod = recordOf(spec);
  const { labels = {} } = namespace;
  const refusals: PodRefusal[] = [];
  if (policies.identity && Object.hasOwn(labels, PACK_LABELS.identity)) {
    const why = identityRefusal(pod, namespace, policies);
    if (why !== undefined) {
      refusals.push({ item: 'identity', why });
    }
  }
  if (
    policies.placement &&
    Object.hasOwn(labels, PACK_LABELS.placement) &&
    labels[PACK_LABELS.placement] !== 'set'
  ) {
    const why = placementRefusal(pod, namespace, policies);
    if (why !== undefined) {
      refusals.push({ item: 'placement', why });
    }
  }
  return refusals;
}

function identityRefusal(
  pod: Fields,
  namespace: JudgingNamespace,
  { defaults, strictGroups }: JudgingPolicies,
): string | undefined {
  const user = valueOf(namespace, PACK_ANNOTATIONS.runAsUser);
  const group = valueOf(namespace, PACK_ANNOTATIONS.runAsGroup);
  const others = valueOf(namespace, PACK_ANNOTATIONS.supplementalGroups);
  if (group === '') {
    return 'the namespace has no IDs yet, so no pod can start';
  }
  const groups = [group, ...(others === '' ? [] : others.split(','))];
  const context: Fields = {
    // What the policy for defaults sets where a pod leaves it open.
    ...(defaults && {
      ...(user !== '' && { runAsUser: Number(user) }),
      ...(user === '' && { runAsNonRoot: true }),
      runAsGroup: Number(group),
      supplementalGroupsPolicy: 'Strict',
    }),
    ...recordOf(pod.securityContext),
  };
  for (const container of containersOf(pod)) {
    const own = recordOf(container.securityContext);
    const runAsUser = own.runAsUser ?? context.runAsUser;
    const isRightUser =
      user !== ''
        ? runAsUser === Number(user)
        : (runAsUser ??
            ((own.runAsNonRoot ?? context.runAsNonRoot) === true ? 1 : 0)) !==
          0;
    if (!isRightUser) {
      return user !== ''
        ? `the container ${nameOf(
            container,
          )} must have securityContext.runAsUser: ${user}`
        : `the container ${nameOf(
            container,
          )} must not run as root: set securityContext.runAsNonRoot: true`;
    }
  }
  for (const container of containersOf(pod)) {
    const own = recordOf(container.securityContext);
    if ((own.runAsGroup ?? context.runAsGroup) !== Number(group)) {
      return `the container ${nameOf(
        container,
      )} must have securityContext.runAsGroup: ${group}`;
    }
  }
  const privileged = containersOf(pod).find(container =>
    hasPrivileges(recordOf(container.securityContext), defaults),
  );
  if (privileged) {
    return `the container ${nameOf(
      privileged,
    )} must have securityContext.allowPrivilegeEscalation: false, and neither privileged nor added capabilities`;
  }
  if (
    context.fsGroup !== undefined &&
    !groups.includes(String(context.fsGroup))
  ) {
    return `securityContext.fsGroup must be one of ${groups.join(', ')}`;
  }
  if (
    !listOf(context.supplementalGroups).every(one =>
      groups.includes(String(one)),
    )
  ) {
    return `securityContext.supplementalGroups must be among ${groups.join(
      ', ',
    )}`;
  }
  if (
    [context, ...containersOf(pod).map(one => recordOf(one.securityContext))]
      .map(one => one.windowsOptions)
      .some(one => one !== undefined)
  ) {
    return 'securityContext.windowsOptions is not allowed: Windows has no users and groups by number';
  }
  return strictGroups && context.supplementalGroupsPolicy !== 'Strict'
    ? 'securityContext.supplementalGroupsPolicy must be Strict: otherwise the image adds groups'
    : undefined;
}

function hasPrivileges(own: Fields, defaults: boolean): boolean {
  const isOpen =
    defaults &&
    own.allowPrivilegeEscalation === undefined &&
    own.privileged !== true;
  return (
    (own.allowPrivilegeEscalation !== false && !isOpen) ||
    own.privileged === true ||
    listOf(recordOf(own.capabilities).add).some(
      one => one !== 'NET_BIND_SERVICE',
    )
  );
}

function placementRefusal(
  pod: Fields,
  namespace: JudgingNamespace,
  { defaults }: JudgingPolicies,
): string | undefined {
  const pairs = textsOf(valueOf(namespace, PACK_ANNOTATIONS.nodeSelector));
  const taints = textsOf(valueOf(namespace, PACK_ANNOTATIONS.tolerations));
  const selector = recordOf(pod.nodeSelector);
  const isMet = (pair: string) => {
    const [key, value] = pair.split('=');
    const own = Object.hasOwn(selector, key) ? selector[key] : undefined;
    return own === value || (defaults && own === undefined);
  };
  if (!pairs.every(isMet)) {
    return `spec.nodeSelector must have ${pairs.join(', ')}`;
  }
  const allowed = new Set([...taints, ...KUBERNETES_TOLERATIONS]);
  const isForeign = (one: unknown) => {
    const { key = '', operator, value = '', effect = '' } = recordOf(one);
    return (
      !allowed.has(`${key}:${effect}`) &&
      !(
        ['', 'Equal', undefined].includes(operator as string | undefined) &&
        allowed.has(`${key}=${value}:${effect}`)
      )
    );
  };
  return listOf(pod.tolerations).some(isForeign)
    ? `spec.tolerations may have only ${
        taints.length === 0 ? 'those of Kubernetes' : taints.join(', ')
      }`
    : undefined;
}

function containersOf(pod: Fields): Fields[] {
  return ['containers', 'initContainers'].flatMap(field =>
    listOf(pod[field]).map(recordOf),
  );
}

/** Names of containers are DNS labels; a cluster can send anything. */
function nameOf({ name }: Fields): string {
  return typeof name === 'string' ? escapeInvisible(name.slice(0, 63)) : '';
}

function valueOf({ annotations = {} }: JudgingNamespace, key: string): string {
  return Object.hasOwn(annotations, key) ? annotations[key] : '';
}

function textsOf(list: string): string[] {
  return list === '' ? [] : list.split(',');
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}
