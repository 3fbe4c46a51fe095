import { AuthService } from '@backstage/backend-plugin-api';
import { Person, PersonResolver, UserCredentials } from '../model/people';
import { CatalogPersonResolver } from './CatalogPersonResolver';

export interface CallerResolverOptions {
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  people: Pick<CatalogPersonResolver, 'read' | 'resolve'>;
}

/**
 * Resolves callers with the credentials of the plugin, so that `SharedEntities` reads them together with others, and
 * the people that callers ask about with the callers' own.
 */
export class CallerResolver implements PersonResolver {
  readonly #options: CallerResolverOptions;

  constructor(options: CallerResolverOptions) {
    this.#options = options;
  }

  async resolve(credentials: UserCredentials, of?: string): Promise<Person> {
    const { auth, people } = this.#options;
    const { userEntityRef } = credentials.principal;
    return of === undefined || of === userEntityRef
      ? people.read(userEntityRef, await auth.getOwnServiceCredentials())
      : people.resolve(credentials, of);
  }
}
