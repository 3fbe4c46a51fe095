import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { readPerson } from '@berth/plugin-berth-node';
import { Person, PersonResolver, UserCredentials } from '../model/people';
import { kubernetesUsername } from './username';

export interface CatalogPersonResolverOptions {
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: ReadonlySet<string>;
  /** Entity refs of the groups under `berth.auditors`. */
  auditorGroups: ReadonlySet<string>;
}

/** Resolves people in the catalog. */
export class CatalogPersonResolver implements PersonResolver {
  readonly #options: CatalogPersonResolverOptions;

  constructor(options: CatalogPersonResolverOptions) {
    this.#options = options;
  }

  resolve(
    credentials: UserCredentials,
    of: string = credentials.principal.userEntityRef,
  ): Promise<Person> {
    return this.read(of, credentials);
  }

  /**
   * Reads a person with any credentials, such as those of the plugin itself for a person who is absent.
   *
   * @throws the errors of `resolve`
   */
  async read(of: string, credentials: BackstageCredentials): Promise<Person> {
    const { catalog, adminGroups, auditorGroups } = this.#options;
    const userRef = stringifyEntityRef(parseEntityRef(of));
    const { uid, memberships } = await readPerson(
      catalog,
      userRef,
      credentials,
    );
    const groups = memberships.map(({ group }) => group);
    return {
      userRef,
      ...(uid !== undefined && { uid }),
      username: kubernetesUsername(userRef),
      groups,
      memberships,
      admin: groups.some(group => adminGroups.has(group)),
      auditor: groups.some(group => auditorGroups.has(group)),
    };
  }
}
