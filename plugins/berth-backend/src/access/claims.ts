import {
  assertKubernetesGroupName,
  TOKEN_GROUPS,
} from '@berth/plugin-berth-common';
import { TokenClaims } from '../issuer/types';
import { ClusterRecord, ShareRecord } from '../model/clusters';
import { grantGroup } from '../model/grantGroup';
import { GrantRecord } from '../model/tenancy';
import { entitlementsOf } from './entitlementsOf';
import { Person } from '../model/people';

/** A token that ends sooner would be useless. The grant counts as expired. */
const MIN_LIFE_MS = 60_000;

/**
 * Returns the claims of a person's token for a cluster: the scope group, the admins' group for platform admins,
 * the Kubernetes names of those of their groups that the cluster is shared with, and the groups of those groups'
 * expiring grants. The token ends with the first of these grants.
 *
 * @param shares - the shares of this cluster; shares of other clusters are ignored
 * @param grants - the expiring grants of this cluster
 * @returns undefined if the person has no access to the cluster
 * @throws InputError if a stored group name is not allowed in claims
 */
export function tokenClaims(
  person: Person,
  cluster: Pick<ClusterRecord, 'id'>,
  shares: ShareRecord[],
  grants: GrantRecord[] = [],
  now: Date = new Date(),
): TokenClaims | undefined {
  const held = entitlementsOf(person, shares).filter(
    share => share.clusterId === cluster.id,
  );
  const names = new Set(held.map(share => share.kubernetesName));
  if (names.size === 0 && !person.admin) {
    return undefined;
  }
  names.forEach(assertKubernetesGroupName);
  const sharedGroups = new Set(held.map(share => share.group));
  const expiring = entitlementsOf(person, grants).filter(
    grant =>
      grant.clusterId === cluster.id &&
      sharedGroups.has(grant.group) &&
      grant.expiresAt !== undefined &&
      Date.parse(grant.expiresAt) >= now.getTime() + MIN_LIFE_MS,
  );
  return {
    sub: person.username,
    aud: cluster.id,
    groups: [
      TOKEN_GROUPS.scope,
      ...(person.admin ? [TOKEN_GROUPS.admins] : []),
      ...[...names].sort(),
      ...expiring.map(grantGroup).sort(),
    ],
    ...(expiring.length > 0 && { notAfter: firstEnd(expiring) }),
  };
}

function firstEnd(grants: GrantRecord[]): Date {
  const ends = grants.map(({ expiresAt }) => Date.parse(expiresAt!));
  return new Date(Math.min(...ends));
}
