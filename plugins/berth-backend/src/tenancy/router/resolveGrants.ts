import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { GrantRequest } from '@berth/plugin-berth-common';
import { findCatalogGroups } from '../../catalog/catalogGroups';
import { GrantSpec } from '../../model/tenancy';

/**
 * Finds the groups of grants in the catalog.
 *
 * @throws as `findCatalogGroups` does
 */
export async function resolveGrants(
  catalog: CatalogService,
  requests: GrantRequest[],
  credentials: BackstageCredentials,
): Promise<GrantSpec[]> {
  const groups = await findCatalogGroups(
    catalog,
    requests.map(({ group }) => group),
    credentials,
  );
  return requests.map(({ role, expiresAt }, index) => ({
    group: groups[index].ref,
    uid: groups[index].uid,
    role,
    expiresAt,
  }));
}
