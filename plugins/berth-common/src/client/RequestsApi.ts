import type { CountedPage } from '../api/paging';
import type {
  AccessRequest,
  CreateRequestRequest,
  RequestDecision,
  RequestQuery,
  RequestSpec,
  RequestVerdict,
} from '../api/requests';

/**
 * The part of the API for requests.
 *
 * @public
 */
export interface RequestsApi {
  /** Lists requests, the latest first. */
  listRequests(query?: RequestQuery): Promise<CountedPage<AccessRequest>>;
  getRequest(id: string): Promise<AccessRequest>;
  createRequest(request: CreateRequestRequest): Promise<AccessRequest>;
  /** Returns the result that the rules would have. Stores nothing. */
  previewRequest(request: RequestSpec): Promise<RequestVerdict>;
  /** Changes a draft. */
  updateRequest(id: string, spec: RequestSpec): Promise<AccessRequest>;
  submitRequest(id: string): Promise<AccessRequest>;
  withdrawRequest(id: string): Promise<AccessRequest>;
  decideRequest(id: string, decision: RequestDecision): Promise<AccessRequest>;
  /** Tries a failed request again. */
  retryRequest(id: string): Promise<AccessRequest>;
}
