import { KubeObject } from '../kube';
import { ClusterRecord, ShareRecord } from '../model/clusters';
import {
  GrantRecord,
  NamespaceRecord,
  PersonalNamespaceRecord,
  QuotaRecord,
} from '../model/tenancy';
import { personalBindingName } from '../access/personalBinding';
import { kubernetesUsername } from '../access/username';
import { grantGroup } from '../model/grantGroup';
import { MANAGED_BY } from '../model/managedBy';
import { identityOf } from './identities/identityOf';
import { networkPolicy, NetworkPolicyObject } from './profiles/networkPolicy';
import { namespaceFields } from './profiles/namespaceFields';
import { withProfileFields } from './profiles/profileFields';
import { NamespaceKind, Profile } from './profiles/types';
import { pullSecretName } from '../model/pullSecrets';
import { limitRange, resourceQuota } from './quotaObjects';
import {
  DesiredSubject,
  NamespaceObject,
  RoleBindingObject,
  Tenants,
} from './types';

const RBAC = 'rbac.authorization.k8s.io';

/** The label with the id of the registered cluster, because two portals may manage one cluster. */
export const CLUSTER_ID_LABEL = 'berth.dev/cluster-id';

/**
 * The entity ref of the group that owns a namespace, or of the user whose personal namespace it is; empty without an
 * owner, so that a former owner is removed.
 */
export const GROUP_ANNOTATION = 'berth.dev/group';

/** Returns the labels of all our objects on a cluster. */
export function ownLabels(clusterId: string): Record<string, string> {
  return {
    [MANAGED_BY.label]: MANAGED_BY.value,
    [CLUSTER_ID_LABEL]: clusterId,
  };
}

type Cluster = Pick<
  ClusterRecord,
  | 'id'
  | 'groupsPrefix'
  | 'usernamePrefix'
  | 'nodePlacement'
  | 'defaultStorageClass'
>;
type Share = Pick<
  ShareRecord,
  'group' | 'groupUid' | 'kubernetesName' | 'namespace'
>;

/**
 * Computes the desired objects of a cluster: for each share a namespace and the group's `admin` in it; the requested and
 * personal namespaces; and in them the grants in effect now, the role of the person and the quotas. Namespaces that Berth
 * made get the labels, annotations and network policies of the cluster's profile for their kind. Namespaces that were
 * taken over do not, because their workloads came without them. In a namespace that is being deleted, nobody has access,
 * and its quota and policies stay until it is gone, because its pods still run.
 */
export function desired(
  cluster: Cluster,
  shares: Share[],
  tenants: Tenants = { namespaces: [], grants: [], quotas: [] },
  now: Date = new Date(),
): DesiredSubject[] {
  const { namespaces, grants, quotas, personal = [], profiles = {} } = tenants;
  const homes = new Set(shares.map(({ namespace }) => namespace));
  const origins = new Map(namespaces.map(({ name, origin }) => [name, origin]));
  const people = new Map(
    personal
      .filter(({ name }) => origins.get(name) === 'personal')
      .map(person => [person.name, person]),
  );
  const owners = new Map<string, string | undefined>([
    ...namespaces.map(({ name, owner }) => [name, owner] as const),
    ...shares.map(share => [share.namespace, share.group] as const),
  ]);
  const groupUids = new Map(
    [...shares, ...grants].flatMap(({ group, groupUid }) =>
      groupUid === undefined ? [] : [[group, groupUid] as const],
    ),
  );
  const ownerUidOf = (name: string) =>
    people.get(name)?.userUid ?? groupUids.get(owners.get(name) ?? '');
  const profileIn = (name: string) => profiles[kindOf(origins.get(name))];
  const isAdopted = (name: string) => origins.get(name) === 'adopted';
  const placements = new Map(
    quotas.map(({ namespace, placement }) => [namespace, placement]),
  );
  const identityIn = (name: string) =>
    isAdopted(name)
      ? {}
      : identityOf(
          profileIn(name),
          owners.get(name),
          tenants.identities,
          ownerUidOf(name),
        );
  const withFields = (namespace: NamespaceObject) => {
    const { name } = namespace.metadata;
    return isAdopted(name)
      ? namespace
      : withProfileFields(
          namespace,
          namespaceFields(profileIn(name), {
            cluster,
            identity: identityIn(name).values,
            placement: placements.get(name),
          }),
        );
  };
  const deleting = new Set(
    namespaces.flatMap(({ name, deletingSince }) =>
      deletingSince === undefined || homes.has(name) ? [] : [name],
    ),
  );
  const objects = new Map<string, NamespaceObject>([
    ...namespaces.map(
      one => [one.name, withFields(namespaceOf(cluster, one))] as const,
    ),
    ...shares.map(
      share => [share.namespace, withFields(homeOf(cluster, share))] as const,
    ),
  ]);
  const policiesIn = (name: string) =>
    isAdopted(name)
      ? []
      : [
          ...policiesOf(cluster, profileIn(name), name),
          ...secretsOf(cluster, profileIn(name), name),
        ];
  const accessIn = (name: string) => {
    const person = people.get(name);
    return person && person.absentSince === undefined && !deleting.has(name)
      ? [personalBinding(cluster, person)]
      : [];
  };
  const subjects: (DesiredSubject | undefined)[] = [
    ...shares.map(share => ({
      subject: { type: 'share' as const, group: share.group },
      kubernetesName: share.kubernetesName,
      namespace: withFields(homeOf(cluster, share)),
      objects: [
        ...policiesIn(share.namespace),
        binding(cluster, {
          namespace: share.namespace,
          role: 'admin',
          kubernetesName: share.kubernetesName,
          group: share.kubernetesName,
        }),
      ],
    })),
    ...namespaces
      .filter(one => !homes.has(one.name) && isKept(one))
      .map(({ name, origin }) => {
        const kept = inNamespace(objects, name, { type: 'namespace', name }, [
          ...policiesIn(name),
          ...accessIn(name),
        ]);
        const isCleanUp = origin === 'share' && !hasRules(profileIn(name));
        return kept && isCleanUp ? { ...kept, cleanUp: true } : kept;
      }),
    ...quotas.map(quota =>
      inNamespace(
        objects,
        quota.namespace,
        { type: 'quota', namespace: quota.namespace },
        quotaObjects(cluster, quota),
      ),
    ),
    ...grants
      .filter(grant => holds(grant, now) && !deleting.has(grant.namespace))
      .map(grant =>
        inNamespace(objects, grant.namespace, { type: 'grant', id: grant.id }, [
          binding(cluster, {
            ...grant,
            group:
              grant.expiresAt === undefined
                ? grant.kubernetesName
                : grantGroup(grant),
          }),
        ]),
      ),
  ];
  return subjects
    .filter(subject => subject !== undefined)
    .map(subject => {
      const { name } = subject.namespace.metadata;
      const { problem } = identityIn(name);
      return {
        ...subject,
        ...(people.has(name) && { personal: true }),
        ...(isAdopted(name) && { takenOver: true }),
        ...(people.get(name)?.made && { createdOnce: true }),
        ...(deleting.has(name) && { deleting: true }),
        ...(problem && { held: problem }),
      };
    });
}

function kindOf(origin: NamespaceRecord['origin'] | undefined): NamespaceKind {
  return origin === 'personal' ? 'personal' : 'group';
}

/**
 * Returns whether to keep a namespace that is no group's home now. A former home, with the workloads in it,
 * keeps what it has of the profile after the share ends, and loses what leaves the profile. Once it is deleted, it is
 * not created again for that.
 */
function isKept({ origin, uid }: NamespaceRecord): boolean {
  const isFormerHome = origin === 'share';
  return !isFormerHome || uid !== undefined;
}

/** Returns whether a profile does more than exempt clusters from later ones. */
function hasRules(profile: Profile | undefined): boolean {
  if (!profile) {
    return false;
  }
  const { labels, annotations, identity, placement, storageClass } = profile;
  return (
    profile.networkPolicies.length > 0 ||
    [
      labels,
      annotations,
      identity,
      placement,
      storageClass,
      profile.pullSecrets,
    ].some(rule => rule !== undefined)
  );
}

/** Returns whether a grant is in effect. Grants that come with a share belong to the share. */
function holds({ source, expiresAt }: GrantRecord, now: Date): boolean {
  return (
    source === 'grant' &&
    (expiresAt === undefined || Date.parse(expiresAt) > now.getTime())
  );
}

function inNamespace(
  namespaces: ReadonlyMap<string, NamespaceObject>,
  name: string,
  subject: DesiredSubject['subject'],
  objects: DesiredSubject['objects'],
): DesiredSubject | undefined {
  const namespace = namespaces.get(name);
  return namespace && { subject, namespace, objects };
}

function homeOf(
  cluster: Cluster,
  { group, namespace }: Share,
): NamespaceObject {
  return namespaceOf(cluster, { name: namespace, owner: group });
}

function namespaceOf(
  cluster: Cluster,
  { name, owner }: Pick<NamespaceRecord, 'name' | 'owner'>,
): NamespaceObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: ownLabels(cluster.id),
      annotations: { [GROUP_ANNOTATION]: owner ?? '' },
    },
  };
}

function binding(
  cluster: Cluster,
  {
    namespace,
    role,
    kubernetesName,
    group,
  }: Pick<GrantRecord, 'namespace' | 'role' | 'kubernetesName'> & {
    /** The name of the group in tokens. */
    group: string;
  },
): RoleBindingObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: {
      name: `berth:${role}:${kubernetesName}`,
      namespace,
      labels: ownLabels(cluster.id),
    },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [
      {
        apiGroup: RBAC,
        kind: 'Group',
        name: `${cluster.groupsPrefix}${group}`,
      },
    ],
  };
}

function personalBinding(
  cluster: Cluster,
  { name, role, user, userUid }: PersonalNamespaceRecord,
): RoleBindingObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: {
      name: personalBindingName({ role, user, userUid }),
      namespace: name,
      labels: ownLabels(cluster.id),
    },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: [
      {
        apiGroup: RBAC,
        kind: 'User',
        name: `${cluster.usernamePrefix}${kubernetesUsername(user)}`,
      },
    ],
  };
}

function policiesOf(
  cluster: Cluster,
  profile: Profile | undefined,
  namespace: string,
): NetworkPolicyObject[] {
  const labels = ownLabels(cluster.id);
  return (profile?.networkPolicies ?? []).map(policy =>
    networkPolicy(policy, namespace, labels),
  );
}

/** Returns Secrets without content. */
function secretsOf(
  cluster: Cluster,
  profile: Profile | undefined,
  namespace: string,
): KubeObject[] {
  return (profile?.pullSecrets ?? []).map(name => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: pullSecretName(name),
      namespace,
      labels: ownLabels(cluster.id),
    },
  }));
}

function quotaObjects(cluster: Cluster, quota: QuotaRecord) {
  const labels = ownLabels(cluster.id);
  return [
    resourceQuota(quota, labels),
    ...(quota.limits.length > 0 ? [limitRange(quota, labels)] : []),
  ];
}
