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
 * To see a cluster. A policy can narrow what people see, never widen it: without this permission's
 * help, admins see all clusters and everybody else those that are shared with one of their groups.
 *
 * @public
 */
export const berthClusterReadPermission: ClusterPermission = createPermission({
  name: 'berth.cluster.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * To register a cluster. Platform admins only, whatever a policy says.
 *
 * @public
 */
export const berthClusterCreatePermission = createPermission({
  name: 'berth.cluster.create',
  attributes: { action: 'create' },
});

/**
 * To change a cluster's settings. Platform admins only, whatever a policy says.
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
 * To forget a cluster. Platform admins only, whatever a policy says.
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
 * To say which groups a cluster is shared with. Platform admins only, whatever a policy says.
 *
 * @public
 */
export const berthClusterSharePermission: ClusterPermission = createPermission({
  name: 'berth.cluster.share',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * To get a token for a cluster. What the token claims follows from the person's groups alone.
 *
 * @public
 */
export const berthTokenCreatePermission: ClusterPermission = createPermission({
  name: 'berth.token.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CLUSTER,
});

/**
 * To see a namespace. Without a policy's help, admins see all and everybody else those that one of their
 * groups holds a grant in.
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
 * To make a namespace on a cluster. Platform admins only, whatever a policy says.
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
 * To say who owns a namespace, which system it is part of and what it is for. Platform admins only, whatever
 * a policy says.
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
 * To delete a namespace and everything in it. Platform admins only, regardless of the policy.
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
 * To say which groups hold which roles in a namespace. Platform admins only, whatever a policy says.
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
 * To say what a namespace may use. Platform admins only, whatever a policy says.
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
 * To explain the access of another person. Platform admins only, regardless of the policy.
 *
 * @public
 */
export const berthAccessExplainPermission = createPermission({
  name: 'berth.access.explain',
  attributes: { action: 'read' },
});

/**
 * To see, rotate and revoke the issuer's signing keys. Platform admins only, whatever a policy says.
 *
 * @public
 */
export const berthIssuerManagePermission = createPermission({
  name: 'berth.issuer.manage',
  attributes: { action: 'update' },
});

/**
 * To see who did what. Without a policy's help, admins see everything and everybody else what they did
 * themselves and what touches one of their groups.
 *
 * @public
 */
export const berthActivityReadPermission = createPermission({
  name: 'berth.activity.read',
  attributes: { action: 'read' },
});

/**
 * To ask for a namespace, a quota or a role. Without a policy's help, everybody may who sees the cluster.
 *
 * @public
 */
export const berthRequestCreatePermission = createPermission({
  name: 'berth.request.create',
  attributes: { action: 'create' },
});

/**
 * To decide requests. A policy can narrow who may, never widen it: the owners of the group that a request
 * touches, and admins.
 *
 * @public
 */
export const berthRequestDecidePermission = createPermission({
  name: 'berth.request.decide',
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
];
