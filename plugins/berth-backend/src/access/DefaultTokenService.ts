import { NotFoundError } from '@backstage/errors';
import { SignedToken, TokenClaims, TokenSigner } from '../issuer/types';
import { GrantStore } from '../model/tenancy';
import { tokenClaims } from './claims';
import { VisibleCluster } from './ClusterAccess';
import { entitlementsOf } from './entitlementsOf';
import { TokenService } from './types';
import { Person } from '../model/people';

export interface DefaultTokenServiceOptions {
  grants: Pick<GrantStore, 'listExpiring'>;
  signer: TokenSigner;
}

/**
 * Signs the claims of {@link tokenClaims}, from the shares that the caller has just read and the current grants.
 */
export class DefaultTokenService implements TokenService {
  readonly #options: DefaultTokenServiceOptions;

  constructor(options: DefaultTokenServiceOptions) {
    this.#options = options;
  }

  async mint(
    person: Person,
    { cluster, shares }: VisibleCluster,
    device?: string,
  ): Promise<SignedToken & { claims: TokenClaims }> {
    const { grants, signer } = this.#options;
    // A grant counts only for a group that the cluster is shared with, so often there is nothing to read.
    const groups = entitlementsOf(person, shares).map(({ group }) => group);
    const expiring =
      groups.length > 0 ? await grants.listExpiring(cluster.id, groups) : [];
    const entitlement = tokenClaims(person, cluster, shares, expiring);
    if (!entitlement) {
      throw new NotFoundError(`There is no cluster ${cluster.name}`);
    }
    const claims = { ...entitlement, ...(device !== undefined && { device }) };
    return { ...(await signer.sign(claims)), claims };
  }
}
