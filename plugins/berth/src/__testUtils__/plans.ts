import { ClusterPlan } from '@berth/plugin-berth-common';
import { minutesAgo } from './fixtures';

/** A plan with every kind of entry. */
export function busyPlan(cluster: string): ClusterPlan {
  const items: ClusterPlan['items'] = [
    {
      action: 'delete',
      object: {
        kind: 'RoleBinding',
        namespace: 'team-b',
        name: 'berth:admin:team-b',
      },
      groups: [],
      differences: [],
      held: true,
    },
    {
      action: 'create',
      object: { kind: 'Namespace', name: 'search' },
      groups: ['group:default/search'],
      differences: [],
      held: false,
    },
    {
      action: 'recreate',
      object: {
        kind: 'RoleBinding',
        namespace: 'team-a',
        name: 'berth:admin:team-a',
      },
      groups: ['group:default/team-a'],
      differences: [
        {
          field: 'roleRef',
          planned: '{"kind":"ClusterRole","name":"admin"}',
          actual: '{"kind":"ClusterRole","name":"view"}',
        },
        {
          field: 'metadata.labels["app.kubernetes.io/managed-by"]',
          planned: '"berth"',
        },
        {
          field: 'metadata.labels["tier"]',
          planned: 'null',
          actual: '"gold"',
        },
      ],
      held: false,
    },
  ];
  return {
    cluster,
    plannedAt: minutesAgo(0.1),
    items,
    totalItems: items.length,
    problems: [
      {
        groups: ['group:default/ml-platform'],
        namespace: 'ml-platform',
        cause: 'Terminating',
        message:
          'The namespace ml-platform is being deleted on the cluster. Wait until it is gone, or remove its finalizers; Berth continues automatically.',
      },
    ],
    totalProblems: 1,
    foreign: [
      {
        namespace: 'team-a',
        name: 'let-me-in',
        role: { kind: 'ClusterRole', name: 'edit' },
        subjects: [
          { kind: 'User', name: 'mallory' },
          { kind: 'ServiceAccount', namespace: 'ci', name: 'deployer' },
        ],
      },
    ],
    repeatedDeletions: [
      {
        namespace: 'team-a',
        name: 'berth:view:ledger',
        at: new Date(Date.now() - 240_000).toISOString(),
      },
    ],
    leftovers: [
      {
        uid: 'uid-left',
        object: {
          kind: 'RoleBinding',
          namespace: 'team-a',
          name: 'berth:view:search',
        },
        reason: 'it grants the role to others than its name says',
      },
    ],
    formerRegistrations: [
      {
        id: '01JDKXFORMER00000000000000',
        name: 'old-prod',
        deletedAt: minutesAgo(90),
        namespaces: ['payments', 'search'],
      },
    ],
    held: {
      id: 'held-1',
      since: minutesAgo(4),
      until: new Date(Date.now() + 6 * 60_000).toISOString(),
      deletions: 12,
      of: 15,
    },
  };
}
