import { KubeObject } from '../kube';
import { ClusterRecord, ShareRecord } from '../model/clusters';
import { GrantRecord, NamespaceRecord, QuotaRecord } from '../model/tenancy';
import { grantGroup } from '../model/grantGroup';
import { MANAGED_BY } from '../model/managedBy';
import { identityOf } from './identities/identityOf';
import { networkPolicy, NetworkPolicyObject } from './profiles/networkPolicy';
import { namespaceFields } from './profiles/namespaceFields';
import { withProfileFields } from './profiles/profileFields';
import { Profile } from './profiles/types';
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
 * The entity ref of the group that owns a namespace; empty without an owner, so that a former owner is
 * removed.
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
  'id' | 'groupsPrefix' | 'nodePlacement' | 'defaultStorageClass'
>;
type Share = Pick<ShareRecord, 'group' | 'kubernetesName' | 'namespace'>;

/**
 * Computes the desired objects of a cluster: for each share a namespace and the group's `admin` in it; the
 * requested namespaces; and in them the grants in effect now and the quotas. Namespaces that Berth made get the
 * labels, annotations and network policies of the cluster's profile. Namespaces that were taken over do not, because
 * their workloads came without them. Namespaces that are being deleted are left alone.
 */
export function desired(
  cluster: Cluster,
  shares: Share[],
  tenants: Tenants = { namespaces: [], grants: [], quotas: [] },
  now: Date = new Date(),
): DesiredSubject[] {
  const { namespaces, grants, quotas, profile } = tenants;
  const homes = new Set(shares.map(({ namespace }) => namespace));
  const adopted = new Set(
    namespaces.filter(isAdopted).map(namespace => namespace.name),
  );
  const owners = new Map<string, string | undefined>([
    ...namespaces.map(({ name, owner }) => [name, owner] as const),
    ...shares.map(share => [share.namespace, share.group] as const),
  ]);
  const identityIn = (name: string) =>
    adopted.has(name)
      ? {}
      : identityOf(profile, owners.get(name), tenants.identities);
  const withFields = (namespace: NamespaceObject) => {
    const { name } = namespace.metadata;
    return adopted.has(name)
      ? namespace
      : withProfileFields(
          namespace,
          namespaceFields(profile, {
            cluster,
            identity: identityIn(name).values,
            placement: tenants.placements?.get(name),
          }),
        );
  };
  const objects = new Map<string, NamespaceObject>([
    ...namespaces
      .filter(({ deletingSince }) => deletingSince === undefined)
      .map(one => [one.name, withFields(namespaceOf(cluster, one))] as const),
    ...shares.map(
      share => [share.namespace, withFields(homeOf(cluster, share))] as const,
    ),
  ]);
  const policiesIn = (name: string) =>
    adopted.has(name)
      ? []
      : [
          ...policiesOf(cluster, profile, name),
          ...secretsOf(cluster, profile, name),
        ];
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
      .filter(one => !homes.has(one.name) && isKept(one, profile))
      .map(({ name }) =>
        inNamespace(
          objects,
          name,
          { type: 'namespace', name },
          policiesIn(name),
        ),
      ),
    ...quotas.map(quota =>
      inNamespace(
        objects,
        quota.namespace,
        { type: 'quota', namespace: quota.namespace },
        quotaObjects(cluster, quota),
      ),
    ),
    ...grants
      .filter(grant => holds(grant, now))
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
      const { problem } = identityIn(subject.namespace.metadata.name);
      return problem ? { ...subject, held: problem } : subject;
    });
}

function isAdopted({ origin }: NamespaceRecord): boolean {
  return origin === 'adopted';
}

/**
 * Returns whether to keep a namespace that is no group's home now. A former home, with the workloads in it,
 * keeps its policies after the share ends. Once it is deleted, it is not created again for the policies.
 */
function isKept(
  { origin, uid }: NamespaceRecord,
  profile: Profile | undefined,
): boolean {
  const isFormerHome = origin === 'share';
  const policies = profile?.networkPolicies ?? [];
  return !isFormerHome || (uid !== undefined && policies.length > 0);
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
