import { NAMESPACE_ROLES } from '@berth/plugin-berth-common';
import { parsePersonalBindingName } from '../../access/personalBinding';
import { KubeObject } from '../../kube';
import { QUOTA_NAME } from '../status/StatusRecorder';
import { ownLabels } from '../desired';
import { includesAll } from '../drift';
import { keyOf } from '../keys';
import { ObjectKey, RoleBindingObject } from '../types';

/*
 * A restore can bring back what Berth removed: a cluster's etcd from before an unshare, or a portal's database
 * that is older than a grant. No inventory lists such an object, so its labels, its name and the access that it
 * grants must show whether it is Berth's. The admins of a namespace can forge each of them, and the field
 * manager too: an API server records any `fieldManager` that a request names. But a person who forges all of
 * them makes nothing but a RoleBinding that Berth itself could have made, under a name that is Berth's, and
 * loses only that. So the form of the object decides. If the form is not exactly Berth's, an admin decides.
 */

/** An object with our labels that neither the portal wants nor the inventory lists. */
export interface LeftoverCandidate {
  object: KubeObject;
  /** Whether the namespace of the object is one of ours. */
  inOurNamespace: boolean;
}

/** A candidate with the decision about it. */
export interface ClassifiedLeftover {
  key: ObjectKey;
  uid: string;
  /** The reason why only an admin may delete the object; undefined if it is certainly ours. */
  reason?: string;
}

/** The facts about a cluster that decide about its leftovers. */
interface ClusterFacts {
  cluster: { id: string; groupsPrefix: string; usernamePrefix: string };
  /** The names of the namespaces that the portal wants. */
  namespaces: ReadonlySet<string>;
}

const BINDING_NAME = new RegExp(`^berth:(${NAMESPACE_ROLES.join('|')}):(.+)$`);
const GRANT_GROUP = /^grant:[0-9A-Z]{26}$/;

/** @returns undefined for an object that is being deleted already, or does not carry our labels */
export function classifyLeftover(
  { object, inOurNamespace }: LeftoverCandidate,
  { cluster, namespaces }: ClusterFacts,
): ClassifiedLeftover | undefined {
  const { uid, labels, deletionTimestamp } = object.metadata;
  if (
    !uid ||
    deletionTimestamp ||
    !includesAll(labels, ownLabels(cluster.id))
  ) {
    return undefined;
  }
  const key = keyOf(object);
  const reason = inOurNamespace
    ? uncertaintyOf(object, cluster, namespaces.has(key.namespace))
    : `the namespace ${key.namespace} is not one that Berth manages`;
  return { key, uid, ...(reason !== undefined && { reason }) };
}

function uncertaintyOf(
  object: KubeObject,
  cluster: ClusterFacts['cluster'],
  isWantedNamespace: boolean,
): string | undefined {
  switch (object.kind) {
    case 'RoleBinding':
      return bindingUncertainty(object as RoleBindingObject, cluster);
    case 'ResourceQuota':
    case 'LimitRange':
      if (object.metadata.name !== QUOTA_NAME) {
        return `Berth makes no ${object.kind} of this name`;
      }
      // Without this object the namespace has no limit, and the portal does not know the right limit.
      return isWantedNamespace
        ? undefined
        : 'the portal does not know its namespace';
    default:
      // Profiles choose any name, and people copy policies with their labels.
      return `a person may have made a ${object.kind} of this name`;
  }
}

function bindingUncertainty(
  { metadata, roleRef, subjects }: RoleBindingObject,
  cluster: ClusterFacts['cluster'],
): string | undefined {
  const named = readName(metadata.name, cluster);
  if (!named) {
    return 'Berth makes no RoleBinding of this name';
  }
  if (
    roleRef?.apiGroup !== 'rbac.authorization.k8s.io' ||
    roleRef.kind !== 'ClusterRole' ||
    roleRef.name !== named.role
  ) {
    return `it grants another role than its name says: ${roleRef?.kind} ${roleRef?.name}`;
  }
  const [subject, ...others] = Array.isArray(subjects) ? subjects : [];
  const name = String(subject?.name);
  const { kind, prefix, isHolder } = named;
  return subject?.kind === kind &&
    name.startsWith(prefix) &&
    isHolder(name.slice(prefix.length)) &&
    others.length === 0
    ? undefined
    : 'it grants the role to others than its name says';
}

/** Returns what Berth's binding of a name would grant. */
function readName(
  name: string,
  { groupsPrefix, usernamePrefix }: ClusterFacts['cluster'],
):
  | {
      role: string;
      kind: 'Group' | 'User';
      prefix: string;
      /** Whether the name in tokens is that of the holder. */
      isHolder: (tokenName: string) => boolean;
    }
  | undefined {
  const personal = parsePersonalBindingName(name);
  if (personal) {
    const { role, isOf } = personal;
    return { role, kind: 'User', prefix: usernamePrefix, isHolder: isOf };
  }
  const [, role, group] = BINDING_NAME.exec(name) ?? [];
  return role === undefined
    ? undefined
    : {
        role,
        kind: 'Group',
        prefix: groupsPrefix,
        isHolder: tokenGroup =>
          tokenGroup === group || GRANT_GROUP.test(tokenGroup),
      };
}
