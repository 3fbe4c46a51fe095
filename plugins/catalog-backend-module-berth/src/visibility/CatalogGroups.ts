import { AuthService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { DirectoryGroup } from '@berth/plugin-berth-common';
import { readPerson } from '@berth/plugin-berth-node';
import { LRUCache } from 'lru-cache';

/** Long enough for the queries of a page, short enough that a removal from a group takes effect soon. */
const REMEMBER_MS = 5_000;
const MAX_PEOPLE = 10_000;

export interface CatalogGroupsOptions {
  auth: AuthService;
  catalog: CatalogService;
}

/**
 * The groups of people, including ancestors, and the people themselves, who have personal namespaces. The policy asks
 * the catalog with its own credentials, not with the person's: to answer a person, the catalog would have to ask the
 * policy. Failures are not cached.
 */
export class CatalogGroups {
  readonly #cache: LRUCache<string, DirectoryGroup[]>;

  static create(options: CatalogGroupsOptions): CatalogGroups {
    return new CatalogGroups(options);
  }

  private constructor({ auth, catalog }: CatalogGroupsOptions) {
    this.#cache = new LRUCache({
      max: MAX_PEOPLE,
      ttl: REMEMBER_MS,
      fetchMethod: async userRef =>
        readPerson(catalog, userRef, await auth.getOwnServiceCredentials())
          .then(({ memberships, uid }) => [
            ...memberships,
            ...(uid === undefined ? [] : [{ group: userRef, uid }]),
          ])
          .catch(noneIfNotAllowed),
    });
  }

  /**
   * @param userRef - entity ref of a user
   * @returns the groups and the user; nothing for a user who is not in the catalog
   * @throws any failure of the catalog
   */
  async of(userRef: string): Promise<DirectoryGroup[]> {
    return (await this.#cache.fetch(userRef))!;
  }
}

function noneIfNotAllowed(error: unknown): DirectoryGroup[] {
  if (isError(error) && error.name === 'NotAllowedError') {
    return [];
  }
  throw error;
}
