import { isUser } from '../profiles/identity';
import { identityAnnotations } from '../profiles/identityAnnotations';
import { Profile } from '../profiles/types';
import { nextIdentity, takenProblem } from './nextIdentity';
import {
  OwnerIdentitiesOptions,
  readOwnerIdentities,
} from './readOwnerIdentities';
import { IdentitySource, IdentityStore, OwnerIdentity } from './types';

export interface PreviewedIdentitiesOptions extends OwnerIdentitiesOptions {
  store: Pick<IdentityStore, 'list' | 'ownersOfUserIds'>;
}

/**
 * Returns the IDs of owners as the next reading of the catalog would record them, and records nothing. A preview needs it
 * for the first profile with IDs, and for one that takes the IDs from other annotations.
 */
export function previewedIdentities(
  options: PreviewedIdentitiesOptions,
  profiles: readonly Profile[],
): IdentitySource {
  const names = identityAnnotations(profiles);
  return {
    async of(owners) {
      if (!names) {
        return new Map();
      }
      const distinct = [...new Set(owners)];
      const { store } = options;
      const stored = new Map(
        (await store.list(distinct)).map(one => [one.owner, one]),
      );
      const since = new Date().toISOString();
      const next = new Map<string, OwnerIdentity>();
      for (const [owner, catalog] of await readOwnerIdentities(
        options,
        distinct,
        names,
      )) {
        const before: OwnerIdentity = stored.get(owner) ?? { owner, since };
        next.set(owner, { owner, since, ...nextIdentity(before, catalog) });
      }
      return refuseTaken(next, stored, store);
    },
  };
}

/** Refuses user IDs that another person uses, as the store does when it records them. */
async function refuseTaken(
  next: Map<string, OwnerIdentity>,
  stored: ReadonlyMap<string, OwnerIdentity>,
  store: Pick<IdentityStore, 'ownersOfUserIds'>,
): Promise<Map<string, OwnerIdentity>> {
  const fresh = [...next.values()].flatMap(({ owner, used }) =>
    isUser(owner) && used?.values.runAsUser !== undefined
      ? [{ owner, values: used.values, userId: used.values.runAsUser }]
      : [],
  );
  const users = await store.ownersOfUserIds(fresh.map(({ userId }) => userId));
  for (const { owner, values, userId } of fresh) {
    const other = users.get(userId);
    if (other !== undefined && other !== owner) {
      const before = stored.get(owner);
      next.set(owner, {
        owner,
        since: before?.since ?? '',
        ...(before?.used && { used: before.used }),
        problem: takenProblem(owner, values),
      });
    }
  }
  return next;
}
