import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { atField } from '../text/fieldProblems';

const BATCH = 100;
const MAX_LISTED = 20;

/** A group in the catalog. */
export interface CatalogGroup {
  /** Entity ref with the name spelled as the entity's `metadata.name`. */
  ref: string;
  uid?: string;
}

/**
 * Finds groups that the caller can see in the catalog.
 *
 * @param groupRefs - normalised entity refs
 * @returns the groups in the order of the refs
 * @throws InputError naming the groups that do not exist; ServiceUnavailableError if the catalog fails
 */
export async function findCatalogGroups(
  catalog: CatalogService,
  groupRefs: string[],
  credentials: BackstageCredentials,
): Promise<CatalogGroup[]> {
  const found = new Map<string, CatalogGroup>();
  for (let start = 0; start < groupRefs.length; start += BATCH) {
    const batch = groupRefs.slice(start, start + BATCH);
    for (const entity of await getEntities(catalog, batch, credentials)) {
      if (entity?.kind === 'Group') {
        const ref = stringifyEntityRef(entity);
        const namespace = ref.slice(0, ref.lastIndexOf('/'));
        found.set(ref, {
          ref: `${namespace}/${entity.metadata.name}`,
          uid: entity.metadata.uid,
        });
      }
    }
  }

  const missing = groupRefs.filter(ref => !found.has(ref));
  if (missing.length > 0) {
    const listed = missing.slice(0, MAX_LISTED).join(', ');
    const rest = missing.length - MAX_LISTED;
    throw new InputError(
      `groups holds entries that are not Groups you can see in the catalog: ${listed}${
        rest > 0 ? ` and ${rest} more` : ''
      }. Correct the spelling or take it off the list`,
    );
  }
  return groupRefs.map(ref => found.get(ref)!);
}

/**
 * Checks that an owner is a group that the caller can see in the catalog.
 *
 * @param groupRef - a normalised entity ref
 * @throws the errors of `findCatalogGroups`
 */
export async function assertCatalogOwner(
  catalog: CatalogService,
  groupRef: string,
  credentials: BackstageCredentials,
): Promise<void> {
  const [entity] = await getEntities(catalog, [groupRef], credentials);
  if (entity?.kind !== 'Group') {
    throw atField(
      new InputError(
        `owner "${groupRef}" is not a Group that you can see in the catalog. Correct the spelling or leave it out`,
      ),
      'owner',
    );
  }
}

async function getEntities(
  catalog: CatalogService,
  entityRefs: string[],
  credentials: BackstageCredentials,
): Promise<(Entity | undefined)[]> {
  try {
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs,
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'metadata.uid'],
      },
      { credentials },
    );
    return items;
  } catch (error) {
    // The catalog's own status would look like an error in the caller's request.
    throw new ServiceUnavailableError(
      'Could not check in the catalog whether the groups exist, so nothing was saved. Try again',
      error,
    );
  }
}
