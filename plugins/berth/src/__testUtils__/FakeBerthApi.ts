import {
  AccessRequest,
  AccessSummary,
  BerthApi,
  Cluster,
  CreateRequestRequest,
  DirectoryCluster,
  DirectoryNamespace,
  CountedPage,
  ManagedNamespace,
  RequestSpec,
  RequestDecision,
  RequestQuery,
  RequestState,
  RequestStep,
  RequestVerdict,
} from '@berth/plugin-berth-common';
import { FakeResources } from './FakeResources';
import { aRequest } from './requests';
import { responseError } from './responseError';
import { pageFrom } from './pageFrom';

const SYSTEM = 'system:requests';

/**
 * Implements Berth's API over clusters, namespaces and requests in memory: enough to use every page. A rule
 * approves requests for the size class "small".
 */
export class FakeBerthApi extends FakeResources implements BerthApi {
  readonly requests: Map<string, AccessRequest>;
  readonly #keys = new Map<string, string>();

  constructor(
    access: AccessSummary,
    clusters: Cluster[] = [],
    {
      namespaces = [],
      requests = [],
    }: { namespaces?: ManagedNamespace[]; requests?: AccessRequest[] } = {},
  ) {
    super(access, clusters, namespaces);
    this.requests = new Map(requests.map(one => [one.id, one]));
  }

  async listRequests(
    query: RequestQuery = {},
  ): Promise<CountedPage<AccessRequest>> {
    const { scope = 'mine', kind, cluster } = query;
    const states = [query.state ?? []].flat();
    const found = [...this.requests.values()]
      .filter(one => this.#isIn(one, scope))
      .filter(one => states.length === 0 || states.includes(one.state))
      .filter(({ spec }) => !kind || spec.kind === kind)
      .filter(({ spec }) => !cluster || spec.cluster === cluster)
      .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    const page = pageFrom(found, query);
    return { ...page, items: page.items.map(one => this.#seen(one)) };
  }

  async getRequest(id: string): Promise<AccessRequest> {
    return this.#seen(await this.#find(id));
  }

  async createRequest(request: CreateRequestRequest): Promise<AccessRequest> {
    const { draft, idempotencyKey, ...spec } = request;
    const known = idempotencyKey && this.#keys.get(idempotencyKey);
    if (known) {
      return this.getRequest(known);
    }
    const now = new Date().toISOString();
    const made = aRequest(spec, {
      id: `01K9ZB4N7Q2M8R${String(this.requests.size).padStart(12, '0')}`,
      requester: this.access.user,
      createdAt: now,
      state: 'Draft',
      steps: [],
      verdict: verdictOf(spec),
    });
    this.requests.set(made.id, made);
    if (idempotencyKey) {
      this.#keys.set(idempotencyKey, made.id);
    }
    this.step(made.id, draft ? 'Draft' : 'Submitted');
    if (!draft && made.verdict?.outcome === 'AutoApprove') {
      this.step(made.id, 'AutoApproved', { by: SYSTEM });
    }
    return this.getRequest(made.id);
  }

  async previewRequest(request: RequestSpec): Promise<RequestVerdict> {
    return verdictOf(request);
  }

  async updateRequest(id: string, spec: RequestSpec): Promise<AccessRequest> {
    const found = await this.#in(id, ['Draft']);
    this.requests.set(id, { ...found, spec, verdict: verdictOf(spec) });
    return this.getRequest(id);
  }

  async submitRequest(id: string): Promise<AccessRequest> {
    await this.#in(id, ['Draft']);
    return this.step(id, 'Submitted');
  }

  async withdrawRequest(id: string): Promise<AccessRequest> {
    await this.#in(id, ['Draft', 'Submitted']);
    return this.step(id, 'Withdrawn');
  }

  async decideRequest(
    id: string,
    { decision, comment }: RequestDecision,
  ): Promise<AccessRequest> {
    await this.#in(id, ['Submitted']);
    return this.step(id, decision === 'approve' ? 'Approved' : 'Denied', {
      reason: comment,
    });
  }

  async retryRequest(id: string): Promise<AccessRequest> {
    await this.#in(id, ['Failed']);
    return this.step(id, 'Provisioning');
  }

  async *directoryClusters(): AsyncIterable<DirectoryCluster[]> {}

  async *directoryNamespaces(): AsyncIterable<DirectoryNamespace[]> {}

  /** Moves a request to another state, as a person or the backend does. */
  step(
    id: string,
    state: RequestState,
    step: Partial<RequestStep> = {},
  ): AccessRequest {
    const found = this.requests.get(id)!;
    const at = new Date().toISOString();
    const taken = {
      ...found,
      state,
      updatedAt: at,
      steps: [...found.steps, { state, at, by: this.access.user, ...step }],
    };
    this.requests.set(id, taken);
    return this.#seen(taken);
  }

  async #find(id: string): Promise<AccessRequest> {
    const found = this.requests.get(id);
    if (!found) {
      throw await responseError(404, `There is no request "${id}"`);
    }
    return found;
  }

  async #in(id: string, states: RequestState[]): Promise<AccessRequest> {
    const found = await this.#find(id);
    if (!states.includes(found.state)) {
      throw await responseError(409, `The request is ${found.state} already`);
    }
    return found;
  }

  #isIn(request: AccessRequest, scope: RequestQuery['scope']): boolean {
    switch (scope) {
      case 'inbox':
        return this.#seen(request).may.decide;
      case 'all':
        return true;
      default:
        return request.requester === this.access.user;
    }
  }

  #seen(request: AccessRequest): AccessRequest {
    const { state, requester } = request;
    const mine = requester === this.access.user;
    const decider = this.access.admin && !mine;
    return {
      ...request,
      observed: this.access.admin ? request.observed : undefined,
      may: {
        decide: decider && state === 'Submitted',
        withdraw: mine && ['Draft', 'Submitted'].includes(state),
        submit: mine && state === 'Draft',
        retry: (mine || decider) && state === 'Failed',
      },
    };
  }
}

function verdictOf(spec: RequestSpec): RequestVerdict {
  return spec.kind !== 'grant' && spec.quota.sizeClass === 'small'
    ? {
        outcome: 'AutoApprove',
        rule: 'small-ones',
        reasons: ['The rule "small-ones" holds'],
        approvers: [],
      }
    : {
        outcome: 'NeedsApproval',
        reasons: [
          'The rule "small-ones" does not apply: it is for the size classes small',
        ],
        approvers: ['group:default/platform', 'user:default/bob'],
      };
}
