import {
  createPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';

/** @public */
export const RESOURCE_TYPE_CLUSTER = 'berth-cluster';

/** @public */
export const RESOURCE_TYPE_NAMESPACE = 'berth-namespace';

type ClusterPermission = ResourcePermission<typeof RESOURCE_TYPE_CLUSTER>;

type NamespacePermission = ResourcePermission<typeof RESOURCE_TYPE_NAMESPACE>;

/**
 * Allows seeing a cluster. By default, admins see all clusters, and other people those that are shared with one of
 * their groups. A policy can narrow this, but not widen it.
 *
 * @public
 */
export const berthClusterReadPermission: ClusterPermission = createPermission({
  name: 'berth.cluster.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * Allows registering a cluster. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthClusterCreatePermission = createPermission({
  name: 'berth.cluster.create',
  attributes: { action: 'create' },
});

/**
 * Allows changing a cluster's settings. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthClusterUpdatePermission: ClusterPermission = createPermission(
  {
    name: 'berth.cluster.update',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_CLUSTER,
  },
);

/**
 * Allows deleting the registration of a cluster. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthClusterDeletePermission: ClusterPermission = createPermission(
  {
    name: 'berth.cluster.delete',
    attributes: { action: 'delete' },
    resourceType: RESOURCE_TYPE_CLUSTER,
  },
);

/**
 * Allows changing the groups that a cluster is shared with. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthClusterSharePermission: ClusterPermission = createPermission({
  name: 'berth.cluster.share',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * Allows getting a token for a cluster. The claims of the token depend only on the person's groups.
 *
 * @public
 */
export const berthTokenCreatePermission: ClusterPermission = createPermission({
  name: 'berth.token.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * Allows seeing a namespace. By default, admins see all namespaces, and other people those in which one of their
 * groups has a grant.
 *
 * @public
 */
export const berthNamespaceReadPermission: NamespacePermission =
  createPermission({
    name: 'berth.namespace.read',
    attributes: { action: 'read' },
    resourceType: RESOURCE_TYPE_NAMESPACE,
  });

/**
 * Allows creating a namespace on a cluster. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthNamespaceCreatePermission: ClusterPermission =
  createPermission({
    name: 'berth.namespace.create',
    attributes: { action: 'create' },
    resourceType: RESOURCE_TYPE_CLUSTER,
  });

/**
 * Allows changing the owner, system and purpose of a namespace. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthNamespaceUpdatePermission: NamespacePermission =
  createPermission({
    name: 'berth.namespace.update',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_NAMESPACE,
  });

/**
 * Allows deleting a namespace and everything in it. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthNamespaceDeletePermission: NamespacePermission =
  createPermission({
    name: 'berth.namespace.delete',
    attributes: { action: 'delete' },
    resourceType: RESOURCE_TYPE_NAMESPACE,
  });

/**
 * Allows changing the roles of groups in a namespace. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthGrantUpdatePermission: NamespacePermission = createPermission(
  {
    name: 'berth.grant.update',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_NAMESPACE,
  },
);

/**
 * Allows changing the quota of a namespace. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthQuotaUpdatePermission: NamespacePermission = createPermission(
  {
    name: 'berth.quota.update',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_NAMESPACE,
  },
);

/**
 * Allows explaining the access of another person. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthAccessExplainPermission = createPermission({
  name: 'berth.access.explain',
  attributes: { action: 'read' },
});

/**
 * Allows seeing, rotating and revoking the issuer's signing keys. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthIssuerManagePermission = createPermission({
  name: 'berth.issuer.manage',
  attributes: { action: 'update' },
});

/**
 * Allows seeing the activity log. By default, admins see all entries, and other people those of their own actions and
 * of their groups.
 *
 * @public
 */
export const berthActivityReadPermission = createPermission({
  name: 'berth.activity.read',
  attributes: { action: 'read' },
});

/**
 * Allows requesting a namespace, a quota or a role. By default, everyone who sees the cluster may do so.
 *
 * @public
 */
export const berthRequestCreatePermission = createPermission({
  name: 'berth.request.create',
  attributes: { action: 'create' },
});

/**
 * Allows deciding requests. The owners of the group that a request touches, and admins, may decide. A policy can
 * narrow this, but not widen it.
 *
 * @public
 */
export const berthRequestDecidePermission = createPermission({
  name: 'berth.request.decide',
  attributes: { action: 'update' },
});

/**
 * Allows connecting kubectl on a computer to the portal. By default, everyone who is signed in may do so. A policy can
 * narrow this, but not widen it.
 *
 * @public
 */
export const berthKubectlConnectPermission = createPermission({
  name: 'berth.kubectl.connect',
  attributes: { action: 'create' },
});

/**
 * Allows reading from the API server of a cluster through pages of the portal, with the person's own rights on the
 * cluster. By default, everyone who may use the cluster may do so. A policy can narrow this, but not widen it. It does
 * not concern kubectl, whose tokens `berth.token.create` decides.
 *
 * @public
 */
export const berthProxyReadPermission: ClusterPermission = createPermission({
  name: 'berth.proxy.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * Allows changing objects of a cluster through pages of the portal, with the person's own rights on the cluster. As
 * {@link berthProxyReadPermission} in all else.
 *
 * @public
 */
export const berthProxyWritePermission: ClusterPermission = createPermission({
  name: 'berth.proxy.write',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * Allows opening a terminal in a container, and `kubectl exec` through the portal, with the person's own rights on the
 * cluster. By default, everyone who may see the namespace may do so, if `berth.terminal.enabled` is true. A policy can
 * narrow this, but not widen it.
 *
 * @public
 */
export const berthPodExecPermission: NamespacePermission = createPermission({
  name: 'berth.pod.exec',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_NAMESPACE,
});

/**
 * Allows reading Helm releases through pages of the portal, with the person's own rights on the cluster. It takes
 * `berth.proxy.read` of the cluster, too. By default, everyone who may use the cluster may do so. A policy can narrow
 * this, but not widen it.
 *
 * @public
 */
export const berthHelmReadPermission: ClusterPermission = createPermission({
  name: 'berth.helm.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * Allows seeing single hidden values of Helm releases, which the activity log records. As
 * {@link berthHelmReadPermission} in all else.
 *
 * @public
 */
export const berthHelmRevealPermission: ClusterPermission = createPermission({
  name: 'berth.helm.reveal',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * Allows changing Helm releases through pages of the portal, with the person's own rights on the cluster. It takes
 * `berth.proxy.write` and {@link berthHelmReadPermission} of the cluster, too. As {@link berthHelmReadPermission} in
 * all else.
 *
 * @public
 */
export const berthHelmWritePermission: ClusterPermission = createPermission({
  name: 'berth.helm.write',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * Allows seeing the charts of the portal's chart repositories, and the repositories. By default, everyone who is signed
 * in may do so. A policy can narrow this, but not widen it.
 *
 * @public
 */
export const berthChartReadPermission = createPermission({
  name: 'berth.chart.read',
  attributes: { action: 'read' },
});

/**
 * Allows adding, changing, removing and refreshing chart repositories. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthChartRepositoryManagePermission = createPermission({
  name: 'berth.chartRepository.manage',
  attributes: { action: 'update' },
});

/** @public */
export const berthPermissions = [
  berthClusterReadPermission,
  berthClusterCreatePermission,
  berthClusterUpdatePermission,
  berthClusterDeletePermission,
  berthClusterSharePermission,
  berthTokenCreatePermission,
  berthNamespaceReadPermission,
  berthNamespaceCreatePermission,
  berthNamespaceUpdatePermission,
  berthNamespaceDeletePermission,
  berthGrantUpdatePermission,
  berthQuotaUpdatePermission,
  berthAccessExplainPermission,
  berthIssuerManagePermission,
  berthActivityReadPermission,
  berthRequestCreatePermission,
  berthRequestDecidePermission,
  berthKubectlConnectPermission,
  berthProxyReadPermission,
  berthProxyWritePermission,
  berthPodExecPermission,
  berthHelmReadPermission,
  berthHelmRevealPermission,
  berthHelmWritePermission,
  berthChartReadPermission,
  berthChartRepositoryManagePermission,
];
