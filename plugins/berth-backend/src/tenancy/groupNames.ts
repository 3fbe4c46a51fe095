/*
 * A catalog group has one Kubernetes group name, the same on every cluster. It is the group's `metadata.name` if that
 * is a valid name, and otherwise the name that an admin gives. Berth does not rewrite names: folding case, "_" or
 * Unicode forms could give two groups the same name, and each group access to the other's namespaces.
 */
import { ConflictError, InputError } from '@backstage/errors';
import {
  assertKubernetesGroupName,
  isSystemNamespace,
} from '@berth/plugin-berth-common';
import { groupNameOf, normalizeGroupRef } from '../validation/groupRef';
import { quoteUntrusted, escapeInvisible } from '../text/quoteUntrusted';
import { GroupName, GroupNameSpec } from '../model/tenancy';

const ADVICE =
  'A platform admin may give a group another name in "names", by its entity ref';

/**
 * Returns the Kubernetes name for a group that has none yet.
 *
 * @param groupRef - entity ref with the name part spelled as in the group's `metadata.name`
 * @param given - the name that an admin chose
 * @throws InputError naming the group, the candidate and the rule
 */
export function kubernetesNameFor(groupRef: string, given?: string): string {
  const candidate = given ?? groupNameOf(groupRef);
  try {
    assertKubernetesGroupName(candidate);
  } catch (error) {
    if (error instanceof InputError) {
      throw new InputError(
        `${quoteUntrusted(groupRef)}: ${escapeInvisible(error.message)}`,
      );
    }
    throw error;
  }
  return candidate;
}

/**
 * Plans the names of all groups that have none.
 *
 * @param existing - all names ever assigned
 * @returns the names to add
 * @throws InputError with all problems at once if a name breaks a rule; ConflictError if names are taken and no other
 *   rule is broken
 */
export function planGroupNames(
  specs: GroupNameSpec[],
  existing: GroupName[],
): GroupName[] {
  const nameOf = new Map(existing.map(row => [row.groupRef, row.name]));
  const holderOf = new Map(existing.map(row => [row.name, row.groupRef]));
  const added: GroupName[] = [];
  const refused: { spec: GroupNameSpec; reason: string }[] = [];
  const conflicts: string[] = [];

  for (const spec of specs) {
    try {
      const groupRef = normalizeGroupRef(spec.groupRef);
      const kept = nameOf.get(groupRef);
      if (kept !== undefined) {
        assertUnchanged(groupRef, kept, spec.given);
        if (!spec.isShared) {
          assertStillAllowed(groupRef, kept);
        }
        continue;
      }
      const name = kubernetesNameFor(spec.groupRef, spec.given);
      assertFree(groupRef, name, holderOf.get(name));
      nameOf.set(groupRef, name);
      holderOf.set(name, groupRef);
      added.push({ groupRef, name });
    } catch (error) {
      if (error instanceof InputError) {
        refused.push({ spec, reason: error.message });
      } else if (error instanceof ConflictError) {
        conflicts.push(error.message);
      } else {
        throw error;
      }
    }
  }

  if (refused.length > 0) {
    const reasons = refused.map(
      ({ spec, reason }) => reason + lookAlikeHint(spec, holderOf),
    );
    throw new InputError([...reasons, ...conflicts, ADVICE].join('. '));
  }
  if (conflicts.length > 0) {
    throw new ConflictError([...conflicts, ADVICE].join('. '));
  }
  return added;
}

function assertUnchanged(groupRef: string, kept: string, given?: string) {
  if (given !== undefined && given !== kept) {
    throw new ConflictError(
      `${groupRef} is called "${kept}" on clusters and cannot become ${quoteUntrusted(
        given,
      )}: a name once given stays`,
    );
  }
}

/** Refuses to share a cluster under a name that was assigned before it became reserved. */
function assertStillAllowed(groupRef: string, kept: string) {
  if (isSystemNamespace(kept)) {
    throw new InputError(
      `${groupRef} is called "${kept}" on clusters, and names like that are reserved now. Rename the group in the catalog`,
    );
  }
}

function assertFree(groupRef: string, name: string, holder?: string) {
  if (holder !== undefined) {
    throw new ConflictError(
      `${groupRef} cannot be called "${name}" on clusters: that is the name of ${holder}`,
    );
  }
}

/** Names the group that a refused name looks like. */
function lookAlikeHint(
  spec: GroupNameSpec,
  holderOf: ReadonlyMap<string, string>,
): string {
  const refused =
    spec.given ?? spec.groupRef.slice(spec.groupRef.lastIndexOf('/') + 1);
  const folded = fold(refused);
  const holder = holderOf.get(folded);
  return holder ? `; it looks like "${folded}", the name of ${holder}` : '';
}

/** Folds case, accents, invisible characters and separators; for hints only. */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{Mark}\p{Format}]/gu, '')
    .toLowerCase()
    .replace(/[_.]/g, '-');
}
