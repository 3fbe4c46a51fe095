import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Person, PersonResolver, UserCredentials } from './types';
import { kubernetesUsername } from './username';

/** How many levels of groups are climbed; a deeper hierarchy is refused rather than cut short. */
const MAX_DEPTH = 20;

export interface CatalogPersonResolverOptions {
  catalog: CatalogService;
  /** Entity refs of the groups under `berth.admins`. */
  adminGroups: ReadonlySet<string>;
}

/**
 * Resolves people in the catalog: a member of a group belongs to all its ancestors. Only groups that
 * exist as entities count, so a dangling relation gives nothing.
 */
export class CatalogPersonResolver implements PersonResolver {
  readonly #options: CatalogPersonResolverOptions;

  constructor(options: CatalogPersonResolverOptions) {
    this.#options = options;
  }

  async resolve(credentials: UserCredentials): Promise<Person> {
    const { catalog, adminGroups } = this.#options;
    const userRef = stringifyEntityRef(
      parseEntityRef(credentials.principal.userEntityRef),
    );
    const user = await catalog.getEntityByRef(userRef, { credentials });
    if (user?.kind !== 'User') {
      throw new NotAllowedError(
        `${userRef} is not in the catalog, so it belongs to no group`,
      );
    }
    const groups = await this.#groupsOf(user, credentials);
    return {
      userRef,
      username: kubernetesUsername(userRef),
      groups: [...groups].sort(),
      admin: [...groups].some(group => adminGroups.has(group)),
    };
  }

  async #groupsOf(
    user: Entity,
    credentials: UserCredentials,
  ): Promise<Set<string>> {
    const found = new Set<string>();
    const visited = new Set<string>();
    let level = relationTargets(user, RELATION_MEMBER_OF);
    for (let depth = 0; level.length > 0; depth += 1) {
      if (depth === MAX_DEPTH) {
        throw new NotAllowedError(
          `The groups above ${level.join(
            ', ',
          )} are nested more than ${MAX_DEPTH} levels deep`,
        );
      }
      level.forEach(ref => visited.add(ref));
      const { items } = await this.#options.catalog.getEntitiesByRefs(
        {
          entityRefs: level,
          fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
        },
        { credentials },
      );
      const groups = items.filter(
        (item): item is Entity => item?.kind === 'Group',
      );
      groups.forEach(group => found.add(stringifyEntityRef(group)));
      level = unique(
        groups.flatMap(group => relationTargets(group, RELATION_CHILD_OF)),
      ).filter(ref => !visited.has(ref));
    }
    return found;
  }
}

function relationTargets(entity: Entity, type: string): string[] {
  const targets = (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
  return unique(targets);
}

function unique(refs: string[]): string[] {
  return [...new Set(refs)];
}
