import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Membership, Person, PersonResolver, UserCredentials } from './types';
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

  async resolve(
    credentials: UserCredentials,
    of: string = credentials.principal.userEntityRef,
  ): Promise<Person> {
    const { catalog, adminGroups } = this.#options;
    const userRef = stringifyEntityRef(parseEntityRef(of));
    const user = await catalog.getEntityByRef(userRef, { credentials });
    if (user?.kind !== 'User') {
      throw new NotAllowedError(
        `${userRef} is not in the catalog, so it belongs to no group`,
      );
    }
    const memberships = await this.#membershipsOf(user, credentials);
    const groups = memberships.map(({ group }) => group);
    return {
      userRef,
      username: kubernetesUsername(userRef),
      groups,
      memberships,
      admin: groups.some(group => adminGroups.has(group)),
    };
  }

  /** Level by level, so that each group is reached by a shortest path. */
  async #membershipsOf(
    user: Entity,
    credentials: UserCredentials,
  ): Promise<Membership[]> {
    const found: Membership[] = [];
    const visited = new Set<string>();
    let level = new Map<string, string[]>(
      relationTargets(user, RELATION_MEMBER_OF).map(ref => [ref, []]),
    );
    for (let depth = 0; level.size > 0; depth += 1) {
      if (depth === MAX_DEPTH) {
        throw new NotAllowedError(
          `The groups above ${[...level.keys()].join(
            ', ',
          )} are nested more than ${MAX_DEPTH} levels deep`,
        );
      }
      const next = new Map<string, string[]>();
      level.forEach((_, ref) => visited.add(ref));
      for (const entity of await this.#groups([...level.keys()], credentials)) {
        const group = stringifyEntityRef(entity);
        const path = [...(level.get(group) ?? []), group];
        found.push({ group, uid: entity.metadata.uid, path });
        relationTargets(entity, RELATION_CHILD_OF)
          .filter(parent => !visited.has(parent) && !next.has(parent))
          .forEach(parent => next.set(parent, path));
      }
      level = next;
    }
    return found.sort((a, b) => compare(a.group, b.group));
  }

  async #groups(
    entityRefs: string[],
    credentials: UserCredentials,
  ): Promise<Entity[]> {
    const { items } = await this.#options.catalog.getEntitiesByRefs(
      {
        entityRefs,
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.uid',
          'relations',
        ],
      },
      { credentials },
    );
    return items.filter((item): item is Entity => item?.kind === 'Group');
  }
}

function relationTargets(entity: Entity, type: string): string[] {
  const targets = (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
  return [...new Set(targets)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
