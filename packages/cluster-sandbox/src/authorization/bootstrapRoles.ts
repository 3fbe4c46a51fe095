import { KubeObject } from '../types';
import { PolicyRule } from './rules';

/*
 * The roles that every Kubernetes cluster starts with, as far as they concern users and their groups. The roles of
 * control-plane components are omitted: the sandbox has no such components.
 */

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];

function rule(group: string, resources: string[], verbs: string[]): PolicyRule {
  return { apiGroups: [group], resources, verbs };
}

const AGGREGATE_TO_ADMIN = [
  rule('authorization.k8s.io', ['localsubjectaccessreviews'], ['create']),
  rule(
    'rbac.authorization.k8s.io',
    ['rolebindings', 'roles'],
    [...WRITE, ...READ].sort(),
  ),
];

const AGGREGATE_TO_EDIT = [
  rule(
    '',
    [
      'pods/attach',
      'pods/exec',
      'pods/portforward',
      'pods/proxy',
      'secrets',
      'services/proxy',
    ],
    READ,
  ),
  rule('', ['serviceaccounts'], ['impersonate']),
  rule(
    '',
    ['pods', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'],
    WRITE,
  ),
  rule('', ['pods/eviction'], ['create']),
  rule(
    '',
    [
      'configmaps',
      'events',
      'persistentvolumeclaims',
      'replicationcontrollers',
      'replicationcontrollers/scale',
      'secrets',
      'serviceaccounts',
      'services',
      'services/proxy',
    ],
    WRITE,
  ),
  rule('', ['serviceaccounts/token'], ['create']),
  rule(
    'apps',
    [
      'daemonsets',
      'deployments',
      'deployments/rollback',
      'deployments/scale',
      'replicasets',
      'replicasets/scale',
      'statefulsets',
      'statefulsets/scale',
    ],
    WRITE,
  ),
  rule('autoscaling', ['horizontalpodautoscalers'], WRITE),
  rule('batch', ['cronjobs', 'jobs'], WRITE),
  rule('policy', ['poddisruptionbudgets'], WRITE),
  rule('networking.k8s.io', ['ingresses', 'networkpolicies'], WRITE),
  rule('coordination.k8s.io', ['leases'], [...WRITE, ...READ].sort()),
];

const AGGREGATE_TO_VIEW = [
  rule(
    '',
    [
      'configmaps',
      'endpoints',
      'persistentvolumeclaims',
      'persistentvolumeclaims/status',
      'pods',
      'replicationcontrollers',
      'replicationcontrollers/scale',
      'serviceaccounts',
      'services',
      'services/status',
    ],
    READ,
  ),
  rule(
    '',
    [
      'bindings',
      'events',
      'limitranges',
      'namespaces/status',
      'pods/log',
      'pods/status',
      'replicationcontrollers/status',
      'resourcequotas',
      'resourcequotas/status',
    ],
    READ,
  ),
  rule('', ['namespaces'], READ),
  rule('discovery.k8s.io', ['endpointslices'], READ),
  rule(
    'apps',
    [
      'controllerrevisions',
      'daemonsets',
      'daemonsets/status',
      'deployments',
      'deployments/scale',
      'deployments/status',
      'replicasets',
      'replicasets/scale',
      'replicasets/status',
      'statefulsets',
      'statefulsets/scale',
      'statefulsets/status',
    ],
    READ,
  ),
  rule(
    'autoscaling',
    ['horizontalpodautoscalers', 'horizontalpodautoscalers/status'],
    READ,
  ),
  rule('batch', ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'], READ),
  rule('policy', ['poddisruptionbudgets', 'poddisruptionbudgets/status'], READ),
  rule(
    'networking.k8s.io',
    ['ingresses', 'ingresses/status', 'networkpolicies'],
    READ,
  ),
];

const HEALTH_URLS = ['/healthz', '/livez', '/readyz', '/version', '/version/'];

function clusterRole(
  name: string,
  rules: PolicyRule[],
  aggregateTo?: string,
): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: {
      name,
      annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
      labels: {
        'kubernetes.io/bootstrapping': 'rbac-defaults',
        ...(aggregateTo && {
          [`rbac.authorization.k8s.io/aggregate-to-${aggregateTo}`]: 'true',
        }),
      },
    },
    rules,
  };
}

function aggregated(
  name: string,
  from: string,
  aggregateTo?: string,
): KubeObject {
  return {
    ...clusterRole(name, [], aggregateTo),
    aggregationRule: {
      clusterRoleSelectors: [
        {
          matchLabels: {
            [`rbac.authorization.k8s.io/aggregate-to-${from}`]: 'true',
          },
        },
      ],
    },
  };
}

export function bootstrapClusterRoles(): KubeObject[] {
  return [
    clusterRole('cluster-admin', [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['*'] },
    ]),
    aggregated('admin', 'admin'),
    aggregated('edit', 'edit', 'admin'),
    aggregated('view', 'view', 'edit'),
    clusterRole('system:aggregate-to-admin', AGGREGATE_TO_ADMIN, 'admin'),
    clusterRole('system:aggregate-to-edit', AGGREGATE_TO_EDIT, 'edit'),
    clusterRole('system:aggregate-to-view', AGGREGATE_TO_VIEW, 'view'),
    clusterRole('system:discovery', [
      {
        nonResourceURLs: [
          '/api',
          '/api/*',
          '/apis',
          '/apis/*',
          '/openapi',
          '/openapi/*',
          ...HEALTH_URLS,
        ],
        verbs: ['get'],
      },
    ]),
    clusterRole('system:basic-user', [
      rule(
        'authorization.k8s.io',
        ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
        ['create'],
      ),
      rule('authentication.k8s.io', ['selfsubjectreviews'], ['create']),
    ]),
    clusterRole('system:public-info-viewer', [
      { nonResourceURLs: HEALTH_URLS, verbs: ['get'] },
    ]),
    clusterRole('system:auth-delegator', [
      rule('authentication.k8s.io', ['tokenreviews'], ['create']),
      rule('authorization.k8s.io', ['subjectaccessreviews'], ['create']),
    ]),
  ];
}

function clusterRoleBinding(role: string, groups: string[]): KubeObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: {
      name: role,
      annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
      labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
    },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: role,
    },
    subjects: groups.map(name => ({
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Group',
      name,
    })),
  };
}

export function bootstrapClusterRoleBindings(): KubeObject[] {
  return [
    clusterRoleBinding('cluster-admin', ['system:masters']),
    clusterRoleBinding('system:discovery', ['system:authenticated']),
    clusterRoleBinding('system:basic-user', ['system:authenticated']),
    clusterRoleBinding('system:public-info-viewer', [
      'system:authenticated',
      'system:unauthenticated',
    ]),
  ];
}
