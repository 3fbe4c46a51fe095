import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** The maximum number of levels of groups. A deeper hierarchy is refused, not truncated. */
const MAX_DEPTH = 20;

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.uid',
  'relations',
  'spec.profile.displayName',
];

/**
 * A group that a person is in.
 *
 * @public
 */
export interface Membership {
  /** Entity ref. */
  group: string;
  /** The display name of the group, if the catalog has one. */
  title?: string;
  /** The entity's `metadata.uid`. It changes when the group is deleted and created again. */
  uid?: string;
  /** Entity refs of the groups from the one that the person is a direct member of to this one. */
  path: string[];
}

/**
 * A person's user entity and groups.
 *
 * @public
 */
export interface PersonInCatalog {
  /** The user entity's `metadata.uid`. It changes when the user is deleted and created again. */
  uid?: string;
  memberships: Membership[];
}

/**
 * Reads a person's user entity and groups from the catalog. The groups are sorted. A member of a group belongs to all its
 * ancestors. Only groups that exist as entities count, so a dangling relation adds nothing.
 *
 * @param of - entity ref of the person
 * @param credentials - the credentials for the catalog
 * @throws NotAllowedError if the person has no user entity, or groups are nested more than 20 levels deep; any
 *   failure of the catalog is thrown
 * @public
 */
export async function readPerson(
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  of: string,
  credentials: BackstageCredentials,
): Promise<PersonInCatalog> {
  const read = async (entityRefs: string[], kind: string) => {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: FIELDS },
      { credentials },
    );
    return items.filter((item): item is Entity => item?.kind === kind);
  };
  const userRef = stringifyEntityRef(parseEntityRef(of));
  const [user] = await read([userRef], 'User');
  if (!user) {
    throw new NotAllowedError(
      `${userRef} is not in the catalog, so its groups are unknown. Add a User entity with this name and namespace to the catalog`,
    );
  }
  return {
    uid: user.metadata.uid,
    memberships: await climb(relationTargets(user, RELATION_MEMBER_OF), refs =>
      read(refs, 'Group'),
    ),
  };
}

/** Reads level by level, so that the path to each group is a shortest one. */
async function climb(
  start: string[],
  readGroups: (refs: string[]) => Promise<Entity[]>,
): Promise<Membership[]> {
  const found: Membership[] = [];
  const visited = new Set<string>();
  let level = new Map<string, string[]>(start.map(ref => [ref, []]));
  for (let depth = 0; level.size > 0; depth += 1) {
    if (depth === MAX_DEPTH) {
      const refs = [...level.keys()].join(', ');
      throw new NotAllowedError(
        `The groups above ${refs} are nested more than ${MAX_DEPTH} levels deep`,
      );
    }
    const next = new Map<string, string[]>();
    level.forEach((_, ref) => visited.add(ref));
    for (const entity of await readGroups([...level.keys()])) {
      const group = stringifyEntityRef(entity);
      const path = [...(level.get(group) ?? []), group];
      const title = titleOf(entity);
      found.push({
        group,
        ...(title !== undefined && { title }),
        uid: entity.metadata.uid,
        path,
      });
      relationTargets(entity, RELATION_CHILD_OF)
        .filter(parent => !visited.has(parent) && !next.has(parent))
        .forEach(parent => next.set(parent, path));
    }
    level = next;
  }
  return found.sort((a, b) => compare(a.group, b.group));
}

function titleOf({ metadata, spec }: Entity): string | undefined {
  const profile = spec?.profile as { displayName?: unknown } | undefined;
  return [profile?.displayName, metadata.title].find(
    (title): title is string => typeof title === 'string' && title !== '',
  );
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
