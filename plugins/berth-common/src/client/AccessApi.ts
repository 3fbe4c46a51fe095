import type {
  AccessExplanation,
  AccessSummary,
  ExplainAccessQuery,
  TokenResponse,
} from '../api/access';

/**
 * The part of the API for what a person may do.
 *
 * @public
 */
export interface AccessApi {
  getAccess(): Promise<AccessSummary>;
  /**
   * Explains why a person can or cannot use a cluster or a namespace. The person is the caller unless `user` is
   * given.
   */
  explainAccess(query: ExplainAccessQuery): Promise<AccessExplanation>;
  createToken(name: string): Promise<TokenResponse>;
}
