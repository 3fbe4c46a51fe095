import {
  BerthApi,
  CreateRequestRequest,
  RequestDecision,
} from '@berth/plugin-berth-common';
import { eventually } from '../portal/eventually';
import { exampleSession } from './exampleSession';

const DAY_MS = 24 * 60 * 60 * 1000;

const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

interface ExampleRequest {
  person: 'alice' | 'bob';
  request: CreateRequestRequest;
  decision?: RequestDecision;
  withdrawn?: true;
  /** Waits until the request is fulfilled. */
  isGiven?: true;
}

/**
 * Returns a request in every lasting state, from the oldest to the newest. Rules decide some of them, Ada
 * decides others.
 */
function requests(): ExampleRequest[] {
  const cluster = 'staging';
  const inThirtyDays = new Date(Date.now() + 30 * DAY_MS).toISOString();
  return [
    {
      person: 'bob',
      request: {
        kind: 'namespace',
        cluster,
        namespace: 'ranking',
        group: TEAM_B,
        quota: { sizeClass: 'small' },
        purpose: 'The order in which recommendations are shown',
      },
      isGiven: true,
    },
    {
      person: 'alice',
      request: {
        kind: 'namespace',
        cluster,
        namespace: 'shop-preview',
        group: TEAM_A,
        quota: { sizeClass: 'small' },
        purpose: 'Previews of the web shop, one for each change',
      },
      decision: {
        decision: 'approve',
        comment: 'Beyond your share, but small',
      },
      isGiven: true,
    },
    {
      person: 'bob',
      request: {
        kind: 'namespace',
        cluster,
        namespace: 'training',
        group: TEAM_B,
        quota: { sizeClass: 'gpu' },
        purpose: 'Nightly training of the recommendations',
      },
      decision: {
        decision: 'deny',
        comment:
          'There are no GPUs on staging; ask for gpulab to be shared with you',
      },
    },
    {
      person: 'alice',
      request: {
        kind: 'namespace',
        cluster,
        namespace: 'price-tests',
        group: TEAM_A,
        quota: { sizeClass: 'small' },
        expiresAt: inThirtyDays,
      },
      withdrawn: true,
    },
    {
      person: 'alice',
      request: {
        kind: 'namespace',
        cluster,
        namespace: 'promotions',
        group: TEAM_A,
        quota: { sizeClass: 'medium' },
        purpose: 'Vouchers and what they may be used for',
        draft: true,
      },
    },
    {
      person: 'bob',
      request: {
        kind: 'grant',
        cluster,
        namespace: 'checkout',
        group: TEAM_B,
        role: 'edit',
        purpose: 'We are on call for it while team A moves',
        expiresAt: inThirtyDays,
      },
    },
    {
      person: 'alice',
      request: {
        kind: 'quota',
        cluster,
        namespace: 'storefront',
        quota: { sizeClass: 'medium' },
        purpose: 'The sale begins on Monday',
      },
    },
  ];
}

/**
 * Makes the requests of the example people, and decides some of them as the dev portal's admin.
 *
 * @throws Error if an approved request is not fulfilled in time
 */
export async function requestExamples(backendUrl: string): Promise<void> {
  const ada = await exampleSession(backendUrl, 'ada');
  for (const example of requests()) {
    const requester = await exampleSession(backendUrl, example.person);
    await makeRequest(requester, ada, example);
  }
}

async function makeRequest(
  requester: BerthApi,
  ada: BerthApi,
  { request, decision, withdrawn, isGiven }: ExampleRequest,
): Promise<void> {
  const { id } = await requester.createRequest(request);
  if (decision) {
    await ada.decideRequest(id, decision);
  }
  if (withdrawn) {
    await requester.withdrawRequest(id);
  }
  if (isGiven) {
    await eventually(`${request.namespace} is given`, async () => {
      const { state } = await requester.getRequest(id);
      return state === 'Ready';
    });
  }
}
