import {
  Grant,
  ManagedNamespace,
  NamespaceQuota,
  SizeClass,
} from '@berth/plugin-berth-common';
import { minutesAgo } from './fixtures';

const DAY = 60 * 24;

/** A role of a group that exists on the cluster. */
export function aGrant(name: string, changes: Partial<Grant> = {}): Grant {
  return {
    group: `group:default/${name}`,
    kubernetesName: name,
    role: 'edit',
    source: 'grant',
    state: 'Ready',
    since: minutesAgo(90),
    ...changes,
  };
}

/** A partly used quota. */
export function aQuota(changes: Partial<NamespaceQuota> = {}): NamespaceQuota {
  return {
    hard: {
      'requests.cpu': '8',
      'requests.memory': '16Gi',
      'requests.storage': '100Gi',
      pods: '50',
    },
    used: {
      'requests.cpu': '3500m',
      'requests.memory': '14Gi',
      'requests.storage': '20Gi',
      pods: '12',
    },
    limits: [
      {
        type: 'Container',
        default: { cpu: '1', memory: '1Gi' },
        defaultRequest: { cpu: '100m', memory: '128Mi' },
      },
    ],
    priorityClasses: [],
    observedAt: minutesAgo(1),
    state: 'Ready',
    since: minutesAgo(90),
    etag: '"as seen"',
    ...changes,
  };
}

/** An active namespace. */
export function aNamespace(
  cluster: string,
  name: string,
  changes: Partial<ManagedNamespace> = {},
): ManagedNamespace {
  return {
    cluster,
    name,
    home: false,
    phase: 'Active',
    grants: [],
    uid: `uid-of-${cluster}-${name}`,
    createdAt: minutesAgo(12 * DAY),
    state: 'Ready',
    since: minutesAgo(90),
    etag: '"as seen"',
    ...changes,
  };
}

/** A home namespace, as Berth creates it with a share. */
export function aHome(
  cluster: string,
  name: string,
  changes: Partial<ManagedNamespace> = {},
): ManagedNamespace {
  return aNamespace(cluster, name, {
    home: true,
    owner: `group:default/${name}`,
    grants: [aGrant(name, { role: 'admin', source: 'share' })],
    ...changes,
  });
}

/** The namespace of one person, as the person makes it. */
export function aPersonalNamespace(
  cluster: string,
  name: string,
  user: string,
  changes: Partial<ManagedNamespace> = {},
): ManagedNamespace {
  return aNamespace(cluster, name, {
    owner: user,
    personal: { user, role: 'edit', absent: false },
    ...changes,
  });
}

export const SIZE_CLASSES: SizeClass[] = [
  {
    name: 'small',
    title: 'Small',
    description: 'A web app and its database',
    hard: { 'requests.cpu': '2', 'requests.memory': '4Gi' },
    limits: [
      {
        type: 'Container',
        default: { cpu: '1', memory: '1Gi' },
        defaultRequest: { cpu: '100m', memory: '128Mi' },
      },
    ],
  },
  {
    name: 'gpu',
    title: 'GPU training',
    hard: {
      'requests.cpu': '32',
      'requests.memory': '256Gi',
      'requests.nvidia.com/gpu': '4',
    },
    limits: [],
  },
];

/** Namespaces in every state, on the clusters of `fleet()`. */
export function harbour(): ManagedNamespace[] {
  const inDays = (days: number) => minutesAgo(-days * DAY);
  return [
    aHome('prod01', 'team-a', { quota: aQuota() }),
    aHome('prod01', 'team-b'),
    aHome('prod01', 'payments', {
      quota: aQuota({
        used: { 'requests.cpu': '9', 'requests.memory': '2Gi', pods: '4' },
      }),
    }),
    aHome('prod01', 'search', {
      phase: 'Pending',
      state: 'Pending',
      uid: undefined,
      since: minutesAgo(0.2),
    }),
    aHome('prod01', 'ml-platform', {
      phase: 'Terminating',
      terminating: {
        since: minutesAgo(12),
        finalizers: ['kubernetes', 'foregroundDeletion'],
        conditions: [
          {
            type: 'NamespaceContentRemaining',
            message:
              'Some resources are remaining: persistentvolumeclaims. has 2 resource instances',
          },
        ],
      },
    }),
    aNamespace('prod01', 'shop', {
      owner: 'group:default/payments',
      purpose: 'The web shop and what feeds it',
      createdBy: 'user:default/ada',
      grants: [
        aGrant('team-a', { expiresAt: inDays(10) }),
        aGrant('payments', { role: 'admin' }),
        aGrant('search', {
          role: 'view',
          warning:
            'prod01 is not shared with group:default/search, so its members get no token for it: share the cluster with them, too',
        }),
      ],
      quota: aQuota({ sizeClass: 'small' }),
    }),
    aNamespace('prod01', 'checkout', {
      owner: 'group:default/team-a',
      state: 'Failed',
      cause: 'Forbidden',
      message:
        'The portal may not create namespaces on prod01. Apply the manifest of the Onboarding tab again.',
      nextTryAt: minutesAgo(-1),
      phase: 'Pending',
      uid: undefined,
      grants: [aGrant('team-a', { role: 'admin', state: 'Pending' })],
    }),
    aHome('staging', 'team-a', {
      quota: aQuota({ used: undefined, observedAt: undefined }),
    }),
    aHome('gpu01', 'engineering', {
      quota: aQuota({
        hard: {
          'requests.cpu': '64',
          'requests.memory': '512Gi',
          'requests.nvidia.com/gpu': '8',
        },
        used: {
          'requests.cpu': '40',
          'requests.memory': '200Gi',
          'requests.nvidia.com/gpu': '8',
        },
      }),
    }),
    aHome('gpu01', 'ml-platform', {
      quota: aQuota({
        hard: { 'requests.cpu': '900', 'requests.nvidia.com/gpu': '64' },
        used: { 'requests.cpu': '100', 'requests.nvidia.com/gpu': '20' },
      }),
    }),
    aHome('edge17', 'team-b'),
  ];
}
