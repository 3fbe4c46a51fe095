import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Makes sure that there is a system in the catalog, as the caller sees it.
 *
 * @param systemRef - a normalised entity ref
 * @throws InputError if there is none; ServiceUnavailableError if the catalog fails
 */
export async function assertCatalogSystem(
  catalog: CatalogService,
  systemRef: string,
  credentials: BackstageCredentials,
): Promise<void> {
  if (!(await isThere(catalog, systemRef, credentials))) {
    throw new InputError(
      `system "${systemRef}" is not a System that you can see in the catalog. Correct the spelling or leave it out`,
    );
  }
}

async function isThere(
  catalog: CatalogService,
  systemRef: string,
  credentials: BackstageCredentials,
): Promise<boolean> {
  try {
    const entity = await catalog.getEntityByRef(systemRef, { credentials });
    return entity !== undefined;
  } catch (error) {
    // Its own status would read as if the caller's request to Berth were at fault.
    throw new ServiceUnavailableError(
      'The catalog could not be asked whether the system exists, so nothing was saved; try again',
      error,
    );
  }
}
