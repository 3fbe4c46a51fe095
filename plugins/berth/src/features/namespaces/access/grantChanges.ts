import {
  Grant,
  GrantRequest,
  NAMESPACE_ROLES,
} from '@berth/plugin-berth-common';
import * as z from 'zod';

/**
 * One field of a form. `GrantRows` shows the ends that are past, and the server checks the rest: the rules of
 * `setGrantsRequestSchema` have no texts of the form.
 */
export const grantsSchema = z.array(
  z.object({
    group: z.string(),
    role: z.enum(NAMESPACE_ROLES),
    expiresAt: z.string().optional(),
  }),
);

/** What happens to one group: without `before` it gets access, without `after` it loses it. */
export interface GrantChange {
  group: string;
  before?: GrantRequest;
  after?: GrantRequest;
}

/** The grants that can be set; those that come with a share cannot. */
export function grantRequests(grants: Grant[]): GrantRequest[] {
  return grants
    .filter(({ source }) => source === 'grant')
    .map(({ group, role, expiresAt }) => ({
      group,
      role,
      ...(expiresAt !== undefined && { expiresAt }),
    }));
}

/** What leads from one set of grants to another, group by group. */
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
 * Puts one admin's changes on top of another's, so that neither loses anything.
 *
 * @param base - what both began from
 * @param mine - wins where both changed the same group
 * @returns the merged set, and the groups that both changed to different ends
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

/** Whether a grant's end is no longer to come; the backend refuses such. */
export function hasPastEnd({ expiresAt }: GrantRequest, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

function isSame(
  one: GrantRequest | undefined,
  other: GrantRequest | undefined,
): boolean {
  return one?.role === other?.role && one?.expiresAt === other?.expiresAt;
}
