import { PACK_ANNOTATIONS, PACK_LABELS } from '../../policyPack';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { IdentityAnnotations, IdentityValues, NamespaceFields } from './types';

/** The highest ID of a user or group in a security context. */
export const MAX_ID = 2_147_483_647;

const MAX_GROUPS = 64;

/** Why the IDs of an owner cannot be used. */
export interface IdentityProblem {
  problem: string;
}

/**
 * Reads the IDs of a person or group from the annotations of its entity. Only decimal numbers without leading zeros are
 * read, so that one ID has one notation.
 *
 * @param owner - entity ref, for messages
 */
export function readIdentity(
  owner: string,
  annotations: Record<string, string>,
  names: IdentityAnnotations,
): IdentityValues | IdentityProblem {
  const read = (name: string): number | IdentityProblem => {
    const text = Object.hasOwn(annotations, name)
      ? annotations[name]
      : undefined;
    if (text === undefined) {
      return { problem: `${owner} has no annotation ${name} in the catalog` };
    }
    return (
      idOf(text) ?? {
        problem: `The annotation ${name} of ${owner} is ${quoteUntrusted(
          text,
        )}; it must be a whole number from 1 to ${MAX_ID}`,
      }
    );
  };
  // A person without a user ID can use the profiles that do not name one.
  const runAsUser =
    names.uid !== undefined &&
    isUser(owner) &&
    Object.hasOwn(annotations, names.uid)
      ? read(names.uid)
      : undefined;
  if (typeof runAsUser === 'object') {
    return runAsUser;
  }
  const runAsGroup = read(names.gid);
  if (typeof runAsGroup === 'object') {
    return runAsGroup;
  }
  const supplementalGroups = readGroups(owner, annotations, names.groups);
  return 'problem' in supplementalGroups
    ? supplementalGroups
    : {
        ...(runAsUser !== undefined && { runAsUser }),
        runAsGroup,
        supplementalGroups: supplementalGroups.ids,
      };
}

/** Returns why a profile refuses IDs; undefined if it accepts them. */
export function refusalOf(
  owner: string,
  { runAsUser }: IdentityValues,
  { uid, minimum }: IdentityAnnotations & { minimum: number },
): string | undefined {
  if (uid === undefined || !isUser(owner)) {
    return undefined;
  }
  if (runAsUser === undefined) {
    return `${owner} has no annotation ${uid} in the catalog`;
  }
  return runAsUser < minimum
    ? `${owner} has the user ID ${runAsUser}; the profile allows ${minimum} and higher`
    : undefined;
}

/**
 * Returns the fields of a namespace whose pods may run with these IDs only. Without IDs, the policy of the cluster
 * refuses all pods of the namespace.
 */
export function identityFields(
  values: IdentityValues | undefined,
): NamespaceFields {
  const { runAsUser, runAsGroup, supplementalGroups = [] } = values ?? {};
  return {
    labels: { [PACK_LABELS.identity]: 'enforced' },
    annotations: {
      ...(runAsUser !== undefined && {
        [PACK_ANNOTATIONS.runAsUser]: String(runAsUser),
      }),
      ...(runAsGroup !== undefined && {
        [PACK_ANNOTATIONS.runAsGroup]: String(runAsGroup),
      }),
      ...(supplementalGroups.length > 0 && {
        [PACK_ANNOTATIONS.supplementalGroups]: supplementalGroups.join(','),
      }),
    },
  };
}

/** Returns whether the owner of a namespace is a person. */
export function isUser(owner: string): boolean {
  return owner.startsWith('user:');
}

function idOf(text: string): number | undefined {
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  return id >= 1 && id <= MAX_ID ? id : undefined;
}

/** Reads a list such as `200, 300`, sorted and without duplicates. */
function readGroups(
  owner: string,
  annotations: Record<string, string>,
  name: string | undefined,
): { ids: number[] } | IdentityProblem {
  const text =
    name !== undefined && Object.hasOwn(annotations, name)
      ? annotations[name]
      : '';
  if (text.trim() === '') {
    return { ids: [] };
  }
  const ids = text.split(',').map(part => idOf(part.trim()));
  const isValid = (id: number | undefined) => id !== undefined;
  if (ids.length > MAX_GROUPS || !ids.every(isValid)) {
    return {
      problem: `The annotation ${name} of ${owner} is ${quoteUntrusted(
        text,
      )}; it must be at most ${MAX_GROUPS} whole numbers from 1 to ${MAX_ID}, separated by commas`,
    };
  }
  return { ids: [...new Set(ids)].sort((a, b) => a - b) };
}
