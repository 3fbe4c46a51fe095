import { UserEntity } from '@backstage/catalog-model';
import { AuthResolverContext, ProfileInfo } from '@backstage/plugin-auth-node';

/** The profile of a user as the catalog has it, so that the portal greets people by name. */
export async function readCatalogProfile(
  userRef: string,
  context: AuthResolverContext,
): Promise<{ profile: ProfileInfo }> {
  const { entity } = await context.findCatalogUser({ entityRef: userRef });
  const { displayName, email, picture } =
    (entity as UserEntity).spec.profile ?? {};
  return { profile: { displayName, email, picture } };
}
