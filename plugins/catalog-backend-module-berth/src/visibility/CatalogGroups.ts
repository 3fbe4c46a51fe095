import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { DirectoryGroup } from '@berth/plugin-berth-common';

/** As in Berth's backend: a deeper hierarchy gives nothing rather than a part. */
const MAX_DEPTH = 20;

/** Long enough for a page's questions, short enough that a removal from a group shows soon. */
const REMEMBER_MS = 5_000;
const MAX_PEOPLE = 10_000;

export interface CatalogGroupsOptions {
  auth: AuthService;
  catalog: CatalogService;
  now?: () => number;
}

/**
 * The groups of people, ancestors included. Asked of the catalog by the policy itself and not as the
 * person: to answer a person, the catalog would have to ask the policy.
 */
export class CatalogGroups {
  readonly #options: CatalogGroupsOptions;
  readonly #now: () => number;
  readonly #known = new Map<
    string,
    { groups: Promise<DirectoryGroup[]>; until: number }
  >();

  static create(options: CatalogGroupsOptions): CatalogGroups {
    return new CatalogGroups(options);
  }

  private constructor(options: CatalogGroupsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * @param userRef - entity ref of a user
   * @returns none for a user who is not in the catalog; any failure of the catalog is thrown
   */
  async of(userRef: string): Promise<DirectoryGroup[]> {
    const known = this.#known.get(userRef);
    if (known && known.until > this.#now()) {
      return known.groups;
    }
    if (this.#known.size >= MAX_PEOPLE) {
      this.#known.clear();
    }
    const groups = this.#read(userRef);
    this.#known.set(userRef, { groups, until: this.#now() + REMEMBER_MS });
    groups.catch(() => this.#known.delete(userRef));
    return groups;
  }

  async #read(userRef: string): Promise<DirectoryGroup[]> {
    const groups: DirectoryGroup[] = [];
    const visited = new Set<string>();
    let level = await this.#targets([userRef], 'User', RELATION_MEMBER_OF);
    for (let depth = 0; level.refs.length > 0; depth += 1) {
      if (depth === MAX_DEPTH) {
        return [];
      }
      const refs = level.refs.filter(ref => !visited.has(ref));
      refs.forEach(ref => visited.add(ref));
      level = await this.#targets(refs, 'Group', RELATION_CHILD_OF);
      groups.push(
        ...level.entities.map(entity => ({
          group: stringifyEntityRef(entity),
          uid: entity.metadata.uid,
        })),
      );
    }
    return groups;
  }

  /** The entities of that kind among the refs, and where their relations of a type lead. */
  async #targets(entityRefs: string[], kind: string, type: string) {
    if (entityRefs.length === 0) {
      return { entities: [], refs: [] };
    }
    const { auth, catalog } = this.#options;
    const { items } = await catalog.getEntitiesByRefs(
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
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const entities = items.filter(
      (item): item is Entity => item?.kind === kind,
    );
    const refs = entities.flatMap(({ relations = [] }) =>
      relations
        .filter(relation => relation.type === type)
        .map(({ targetRef }) => targetRef),
    );
    return { entities, refs: [...new Set(refs)] };
  }
}
