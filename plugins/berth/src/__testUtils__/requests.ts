import { AccessRequest, RequestAsk } from '@berth/plugin-berth-common';
import { minutesAgo } from './fixtures';

/** Asks for a namespace of amounts of its own. */
export const SHOP_ASK: RequestAsk = {
  kind: 'namespace',
  cluster: 'prod01',
  namespace: 'shop',
  group: 'group:default/team-a',
  quota: { hard: { 'requests.cpu': '16', 'requests.memory': '32Gi' } },
  purpose: 'The web shop and what feeds it',
  expiresAt: '2100-01-31T18:00:00.000Z',
};

/** Asks for more than the namespace has. */
export const QUOTA_ASK: RequestAsk = {
  kind: 'quota',
  cluster: 'prod01',
  namespace: 'team-a',
  quota: { hard: { 'requests.cpu': '16', 'requests.memory': '12Gi' } },
};

export const GRANT_ASK: RequestAsk = {
  kind: 'grant',
  cluster: 'prod01',
  namespace: 'payments',
  group: 'group:default/team-a',
  role: 'edit',
};

/** A request of alice's that waits for a decision. */
export function aRequest(
  ask: RequestAsk = SHOP_ASK,
  changes: Partial<AccessRequest> = {},
): AccessRequest {
  return {
    id: '01K9ZB4N7Q2M8R00000000REQ1',
    ask,
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
  const asked = { state: 'Submitted', at: minutesAgo(90), by } as const;
  return [
    aRequest(SHOP_ASK, { id: id(1) }),
    aRequest(QUOTA_ASK, {
      id: id(2),
      updatedAt: minutesAgo(45),
      observed: {
        hard: { 'requests.cpu': '8', 'requests.memory': '16Gi', pods: '50' },
        used: { 'requests.cpu': '3500m', 'requests.memory': '14Gi', pods: '9' },
        observedAt: minutesAgo(1),
        left: { 'requests.cpu': '12', 'requests.memory': '64Gi' },
      },
    }),
    aRequest(GRANT_ASK, {
      id: id(3),
      state: 'Denied',
      updatedAt: minutesAgo(60),
      steps: [
        asked,
        {
          state: 'Denied',
          at: minutesAgo(60),
          by: 'user:default/ada',
          reason: 'Payments is for its own team; ask them for view',
        },
      ],
    }),
    aRequest(SHOP_ASK, {
      id: id(4),
      state: 'Ready',
      updatedAt: minutesAgo(80),
      steps: [
        asked,
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
    aRequest(SHOP_ASK, {
      id: id(5),
      state: 'Failed',
      updatedAt: minutesAgo(100),
      steps: [
        asked,
        {
          state: 'Failed',
          at: minutesAgo(100),
          by: 'system:requests',
          reason: 'prod01 did not make the namespace within 30 minutes',
        },
      ],
    }),
    aRequest(GRANT_ASK, {
      id: id(6),
      state: 'Draft',
      updatedAt: minutesAgo(300),
      steps: [{ state: 'Draft', at: minutesAgo(300), by }],
    }),
  ];
}
