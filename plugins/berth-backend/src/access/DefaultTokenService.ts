import { NotFoundError } from '@backstage/errors';
import { SignedToken, TokenClaims, TokenSigner } from '../issuer/types';
import { ClusterRecord, ShareStore } from '../model/clusters';
import { GrantStore } from '../model/tenancy';
import { tokenClaims } from './claims';
import { Person, TokenService } from './types';

export interface DefaultTokenServiceOptions {
  grants: Pick<GrantStore, 'expiring'>;
  shares: ShareStore;
  signer: TokenSigner;
}

/** Signs what {@link tokenClaims} allows, from the shares and grants as they are now. */
export class DefaultTokenService implements TokenService {
  readonly #options: DefaultTokenServiceOptions;

  constructor(options: DefaultTokenServiceOptions) {
    this.#options = options;
  }

  async mint(
    person: Person,
    cluster: ClusterRecord,
  ): Promise<SignedToken & { claims: TokenClaims }> {
    const { shares, grants } = this.#options;
    const [shared, expiring] = await Promise.all([
      shares.list(cluster.id),
      grants.expiring(cluster.id, person.groups),
    ]);
    const claims = tokenClaims(person, cluster, shared, expiring);
    if (!claims) {
      throw new NotFoundError(`There is no cluster ${cluster.name}`);
    }
    return { ...(await this.#options.signer.sign(claims)), claims };
  }
}
