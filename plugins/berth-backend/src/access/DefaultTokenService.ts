import { NotFoundError } from '@backstage/errors';
import { SignedToken, TokenClaims, TokenSigner } from '../issuer/types';
import { ClusterRecord, ShareStore } from '../registry/types';
import { tokenClaims } from './claims';
import { Person, TokenService } from './types';

export interface DefaultTokenServiceOptions {
  shares: ShareStore;
  signer: TokenSigner;
}

/** Signs what {@link tokenClaims} allows, from the shares as they are now. */
export class DefaultTokenService implements TokenService {
  readonly #options: DefaultTokenServiceOptions;

  constructor(options: DefaultTokenServiceOptions) {
    this.#options = options;
  }

  async mint(
    person: Person,
    cluster: ClusterRecord,
  ): Promise<SignedToken & { claims: TokenClaims }> {
    const shares = await this.#options.shares.list(cluster.id);
    const claims = tokenClaims(person, cluster, shares);
    if (!claims) {
      throw new NotFoundError(`There is no cluster ${cluster.name}`);
    }
    return { ...(await this.#options.signer.sign(claims)), claims };
  }
}
