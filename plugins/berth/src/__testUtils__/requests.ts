import { AccessRequest, RequestSpec } from '@berth/plugin-berth-common';
import { minutesAgo } from './fixtures';

/** A request for a namespace with custom amounts. */
export const SHOP_SPEC: RequestSpec = {
  kind: 'namespace',
  cluster: 'prod01',
  namespace: 'shop',
  group: 'group:default/team-a',
  quota: { hard: { 'requests.cpu': '16', 'requests.memory': '32Gi' } },
  purpose: 'The web shop and what feeds it',
  expiresAt: '2100-01-31T18:00:00.000Z',
};

/** A request for more than the namespace has. */
export const QUOTA_SPEC: RequestSpec = {
  kind: 'quota',
  cluster: 'prod01',
  namespace: 'team-a',
  quota: { hard: { 'requests.cpu': '16', 'requests.memory': '12Gi' } },
};

export const GRANT_SPEC: RequestSpec = {
  kind: 'grant',
  cluster: 'prod01',
  namespace: 'payments',
  group: 'group:default/team-a',
  role: 'edit',
};

/** A request of alice that waits for a decision. */
export function aRequest(
  spec: RequestSpec = SHOP_SPEC,
  changes: Partial<AccessRequest> = {},
): AccessRequest {
  return {
    id: '01K9ZB4N7Q2M8R00000000REQ1',
    spec,
    state: 'Submitted',
    requester: 'user:default/alice',
    createdAt: minutesAgo(20),
    updatedAt: minutesAgo(20),
    steps: [
      { state: 'Submitted', at: minutesAgo(20), by: 'user:default/alice' },
    ],
    verdict: {
      outcome: 'NeedsApproval',
      reasons: [
        'The rule "small-ones" does not apply: it is for the size classes small',
      ],
      approvers: ['group:default/platform'],
    },
    may: { decide: false, withdraw: false, submit: false, retry: false },
    ...changes,
  };
}

/** Requests in every state, the latest first. */
export function inTray(): AccessRequest[] {
  const id = (number: number) =>
    `01K9ZB4N7Q2M8R${String(number).padStart(12, '0')}`;
  const by = 'user:default/alice';
  const requested = { state: 'Submitted', at: minutesAgo(90), by } as const;
  return [
    aRequest(SHOP_SPEC, { id: id(1) }),
    aRequest(QUOTA_SPEC, {
      id: id(2),
      updatedAt: minutesAgo(45),
      observed: {
        hard: { 'requests.cpu': '8', 'requests.memory': '16Gi', pods: '50' },
        used: { 'requests.cpu': '3500m', 'requests.memory': '14Gi', pods: '9' },
        observedAt: minutesAgo(1),
        left: { 'requests.cpu': '12', 'requests.memory': '64Gi' },
      },
    }),
    aRequest(GRANT_SPEC, {
      id: id(3),
      state: 'Denied',
      updatedAt: minutesAgo(60),
      steps: [
        requested,
        {
          state: 'Denied',
          at: minutesAgo(60),
          by: 'user:default/ada',
          reason: 'Payments is for its own team; ask them for view',
        },
      ],
    }),
    aRequest(SHOP_SPEC, {
      id: id(4),
      state: 'Ready',
      updatedAt: minutesAgo(80),
      steps: [
        requested,
        {
          state: 'AutoApproved',
          at: minutesAgo(85),
          by: 'system:requests',
          reason: 'The rule "small-ones" holds',
        },
        {
          state: 'Provisioning',
          at: minutesAgo(84),
          by: 'system:requests',
        },
        { state: 'Ready', at: minutesAgo(80), by: 'system:requests' },
      ],
    }),
    aRequest(SHOP_SPEC, {
      id: id(5),
      state: 'Failed',
      updatedAt: minutesAgo(100),
      steps: [
        requested,
        {
          state: 'Failed',
          at: minutesAgo(100),
          by: 'system:requests',
          reason: 'prod01 did not make the namespace within 30 minutes',
        },
      ],
    }),
    aRequest(GRANT_SPEC, {
      id: id(6),
      state: 'Draft',
      updatedAt: minutesAgo(300),
      steps: [{ state: 'Draft', at: minutesAgo(300), by }],
    }),
  ];
}
