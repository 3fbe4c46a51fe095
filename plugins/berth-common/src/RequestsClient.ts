import type { BerthClientOptions } from './BerthClient';
import { BerthHttp, pathOf, queryOf } from './BerthHttp';
import {
  AccessRequest,
  CreateRequestRequest,
  RequestSpec,
  RequestDecision,
  RequestQuery,
  RequestsApi,
  RequestVerdict,
} from './requests';
import { List } from './types';

/**
 * The HTTP client of the requests' part of Berth's API.
 *
 * @public
 */
export class RequestsClient implements RequestsApi {
  readonly #http: BerthHttp;

  constructor(options: BerthClientOptions) {
    this.#http = new BerthHttp(options);
  }

  listRequests(query: RequestQuery = {}) {
    return this.#http.json<List<AccessRequest>>(
      'GET',
      `/requests${queryOf(query)}`,
    );
  }

  getRequest(id: string) {
    return this.#http.json<AccessRequest>('GET', pathOf('requests', id));
  }

  createRequest(request: CreateRequestRequest) {
    return this.#http.json<AccessRequest>('POST', '/requests', request);
  }

  previewRequest(request: RequestSpec) {
    return this.#http.json<RequestVerdict>(
      'POST',
      '/requests?dryRun=true',
      request,
    );
  }

  updateRequest(id: string, spec: RequestSpec) {
    return this.#http.json<AccessRequest>('PUT', pathOf('requests', id), spec);
  }

  submitRequest(id: string) {
    return this.#step(id, 'submit');
  }

  withdrawRequest(id: string) {
    return this.#step(id, 'withdraw');
  }

  decideRequest(id: string, decision: RequestDecision) {
    return this.#step(id, 'decision', decision);
  }

  retryRequest(id: string) {
    return this.#step(id, 'retry');
  }

  #step(id: string, step: string, body?: unknown) {
    return this.#http.json<AccessRequest>(
      'POST',
      pathOf('requests', id, step),
      body,
    );
  }
}
