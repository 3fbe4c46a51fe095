import { UserEntity } from '@backstage/catalog-model';
import { AuthResolverContext, ProfileInfo } from '@backstage/plugin-auth-node';

/** Reads the profile of a user in the catalog, so that the portal shows names. */
export async function readCatalogProfile(
  userRef: string,
  context: AuthResolverContext,
): Promise<{ profile: ProfileInfo }> {
  const { entity } = await context.findCatalogUser({ entityRef: userRef });
  const { displayName, email, picture } =
    (entity as UserEntity).spec.profile ?? {};
  return { profile: { displayName, email, picture } };
}
