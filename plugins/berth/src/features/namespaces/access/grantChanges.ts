import {
  Grant,
  GrantRequest,
  NAMESPACE_ROLES,
} from '@berth/plugin-berth-common';
import * as z from 'zod';

/**
 * The schema of one form field. `GrantRows` shows past ends, and the server checks the rest: the rules of
 * `setGrantsRequestSchema` have no texts of the form.
 */
export const grantsSchema = z.array(
  z.object({
    group: z.string(),
    role: z.enum(NAMESPACE_ROLES),
    expiresAt: z.string().optional(),
  }),
);

/** The change of one group: without `before` it gains access, without `after` it loses access. */
export interface GrantChange {
  group: string;
  before?: GrantRequest;
  after?: GrantRequest;
}

/** Returns the grants that can be edited, without those of a share. */
export function grantRequests(grants: Grant[]): GrantRequest[] {
  return grants
    .filter(({ source }) => source === 'grant')
    .map(({ group, role, expiresAt }) => ({
      group,
      role,
      ...(expiresAt !== undefined && { expiresAt }),
    }));
}

/** Computes the changes from one set of grants to another, by group. */
export function changesBetween(
  before: GrantRequest[],
  after: GrantRequest[],
): GrantChange[] {
  const groups = [
    ...new Set([...before, ...after].map(({ group }) => group)),
  ].sort();
  return groups
    .map(group => ({
      group,
      before: before.find(grant => grant.group === group),
      after: after.find(grant => grant.group === group),
    }))
    .filter(change => !isSame(change.before, change.after));
}

/**
 * Applies the changes of one admin on top of another's, so that neither loses a change.
 *
 * @param base - the grants that both started from
 * @param mine - wins if both changed the same group
 * @returns the merged set, and the groups that both changed differently
 */
export function mergeGrants(
  base: GrantRequest[],
  mine: GrantRequest[],
  theirs: GrantRequest[],
): { merged: GrantRequest[]; clashes: string[] } {
  const myChanges = changesBetween(base, mine);
  const theirChanges = changesBetween(base, theirs);
  const touched = new Set(myChanges.map(({ group }) => group));
  const merged = [
    ...theirs.filter(({ group }) => !touched.has(group)),
    ...myChanges.flatMap(({ after }) => after ?? []),
  ];
  const clashes = myChanges
    .filter(change =>
      theirChanges.some(
        other =>
          other.group === change.group && !isSame(other.after, change.after),
      ),
    )
    .map(({ group }) => group);
  return { merged, clashes };
}

/** Returns whether a grant's end is not in the future; the backend refuses such grants. */
export function hasPastEnd({ expiresAt }: GrantRequest, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

function isSame(
  one: GrantRequest | undefined,
  other: GrantRequest | undefined,
): boolean {
  return one?.role === other?.role && one?.expiresAt === other?.expiresAt;
}
