import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { SignedToken, TokenClaims, TokenSigner } from '../issuer/types';
import { GrantStore, PersonalNamespaceStore } from '../model/tenancy';
import { tokenClaims } from './claims';
import { VisibleCluster } from './ClusterAccess';
import { entitlementsOf } from './entitlementsOf';
import { TokenService } from './types';
import { Person } from '../model/people';

export interface DefaultTokenServiceOptions {
  grants: Pick<GrantStore, 'listExpiring'>;
  personal: Pick<PersonalNamespaceStore, 'isOpenToFormer'>;
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
    const { grants, personal, signer } = this.#options;
    // A grant counts only for a group that the cluster is shared with, so often there is nothing to read.
    const groups = entitlementsOf(person, shares).map(({ group }) => group);
    const [expiring, isOpenToFormer] = await Promise.all([
      groups.length > 0 ? grants.listExpiring(cluster.id, groups) : [],
      personal.isOpenToFormer({
        clusterId: cluster.id,
        user: person.userRef,
        userUid: person.uid,
      }),
    ]);
    const entitlement = tokenClaims(person, cluster, shares, expiring);
    if (!entitlement) {
      throw new NotFoundError(`There is no cluster ${cluster.name}`);
    }
    if (isOpenToFormer) {
      throw new ServiceUnavailableError(
        `A former user ${person.userRef} has a personal namespace on ${cluster.name}, to which your token would give access. Berth takes that access away first; try again in a few minutes`,
      );
    }
    const claims = { ...entitlement, ...(device !== undefined && { device }) };
    return { ...(await signer.sign(claims)), claims };
  }
}
