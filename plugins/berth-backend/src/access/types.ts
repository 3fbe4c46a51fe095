import { SignedToken, TokenClaims } from '../issuer/types';
import { VisibleCluster } from './ClusterAccess';
import { Person } from '../model/people';

/** Mints tokens of people for clusters. */
export interface TokenService {
  /**
   * @param visible - the cluster that `ClusterAccess` returned for this person: a token claims only groups of its
   *   shares
   * @param device - the computer that gets the token by its sign-in with kubectl
   * @throws NotFoundError if the person has no access to the cluster
   */
  mint(
    person: Person,
    visible: VisibleCluster,
    device?: string,
  ): Promise<SignedToken & { claims: TokenClaims }>;
}
