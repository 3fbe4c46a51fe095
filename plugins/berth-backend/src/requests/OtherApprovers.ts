import { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const MAX_DEPTH = 20;

export interface OtherApproversOptions {
  auth: AuthService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
}

/** Finds out whether anybody but the requester may decide a request, as nobody decides their own. */
export class OtherApprovers {
  readonly #options: OtherApproversOptions;

  constructor(options: OtherApproversOptions) {
    this.#options = options;
  }

  /**
   * @param approvers - entity refs of users and groups
   * @returns also true while the catalog does not answer
   */
  async exist(approvers: string[], requester: string): Promise<boolean> {
    const visited = new Set<string>();
    let level = approvers;
    try {
      for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
        const isOther = (ref: string) =>
          parseEntityRef(ref).kind === 'user' && ref !== requester;
        if (level.some(isOther)) {
          return true;
        }
        const groups = level.filter(
          ref => parseEntityRef(ref).kind === 'group' && !visited.has(ref),
        );
        groups.forEach(ref => visited.add(ref));
        level = await this.#below(groups);
      }
    } catch {
      return true;
    }
    return false;
  }

  /** Members of a group below are members of the group. */
  async #below(groups: string[]): Promise<string[]> {
    if (groups.length === 0) {
      return [];
    }
    const { auth, catalog } = this.#options;
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: groups, fields: ['kind', 'relations'] },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items.flatMap(entity =>
      (entity?.relations ?? [])
        .filter(({ type }) =>
          [RELATION_HAS_MEMBER, RELATION_PARENT_OF].includes(type),
        )
        .map(({ targetRef }) => targetRef),
    );
  }
}
