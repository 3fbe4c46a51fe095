import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { atField } from '../text/fieldProblems';

/**
 * Checks that the caller can see a system in the catalog.
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
    throw atField(
      new InputError(
        `system "${systemRef}" is not a System that you can see in the catalog. Correct the spelling or leave it out`,
      ),
      'system',
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
    // The catalog's own status would look like an error in the caller's request.
    throw new ServiceUnavailableError(
      'Could not check in the catalog whether the system exists, so nothing was saved. Try again',
      error,
    );
  }
}
