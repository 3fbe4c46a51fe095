import { SignedToken, TokenClaims } from '../issuer/types';
import { VisibleCluster } from './ClusterAccess';
import { Person } from '../model/people';

/** Gives people tokens for clusters. */
export interface TokenService {
  /**
   * @param visible - the cluster as `ClusterAccess` gives it to this person: a token claims no groups but those of
   *   its shares
   * @throws NotFoundError if the person has no access to the cluster
   */
  mint(
    person: Person,
    visible: VisibleCluster,
  ): Promise<SignedToken & { claims: TokenClaims }>;
}
