import { AuthService } from '@backstage/backend-plugin-api';
import { isUser } from '../profiles/identity';
import { IdentityAnnotations } from '../profiles/types';
import {
  IdentityCatalog,
  readCatalogIdentities,
  sharedUserIds,
} from './readCatalogIdentities';
import { CatalogIdentity, FoundIdentity, IdentityStore } from './types';

export interface OwnerIdentitiesOptions {
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  catalog: IdentityCatalog;
  store: Pick<IdentityStore, 'list'>;
}

/** Reads the IDs of owners from the catalog, and refuses new user IDs that another person of the catalog has, too. */
export async function readOwnerIdentities(
  { auth, catalog, store }: OwnerIdentitiesOptions,
  owners: string[],
  names: IdentityAnnotations,
): Promise<Map<string, CatalogIdentity>> {
  const credentials = await auth.getOwnServiceCredentials();
  const read = await readCatalogIdentities(catalog, owners, names, credentials);
  if (names.uid === undefined) {
    return read;
  }
  const used = new Map(
    (await store.list(owners.filter(isUser))).map(one => [
      one.owner,
      one.used?.values.runAsUser,
    ]),
  );
  const userIdOf = (identity: CatalogIdentity) =>
    'values' in identity ? identity.values.runAsUser : undefined;
  const fresh = [...read].flatMap(([owner, identity]) => {
    const id = userIdOf(identity);
    return id === undefined || used.get(owner) === id
      ? []
      : [{ owner, id, found: identity as FoundIdentity }];
  });
  const shared = await sharedUserIds(
    catalog,
    [...new Set(fresh.map(({ id }) => id))],
    names.uid,
    credentials,
  );
  for (const { owner, id, found } of fresh) {
    if (shared.has(id)) {
      read.set(owner, {
        problem: `Several persons of the catalog have the user ID ${id} of ${owner}`,
        found,
      });
    }
  }
  return read;
}
