import {
  assertKubernetesGroupName,
  TOKEN_GROUPS,
} from '@berth/plugin-berth-common';
import { TokenClaims } from '../issuer/types';
import { ClusterRecord, ShareRecord } from '../registry/types';
import { heldBy } from './entitlement';
import { Person } from './types';

/**
 * What a token of a person for a cluster claims: the scope group, the admins' group for platform admins,
 * and the Kubernetes names of those of their groups that the cluster is shared with.
 *
 * @param shares - the shares of this cluster; those of other clusters are passed over
 * @returns undefined if the person has no access to the cluster
 * @throws InputError if a stored group name is not one that may be claimed
 */
export function tokenClaims(
  person: Person,
  cluster: Pick<ClusterRecord, 'id'>,
  shares: ShareRecord[],
): TokenClaims | undefined {
  const names = new Set(
    heldBy(person, shares)
      .filter(share => share.clusterId === cluster.id)
      .map(share => share.kubernetesName),
  );
  if (names.size === 0 && !person.admin) {
    return undefined;
  }
  names.forEach(assertKubernetesGroupName);
  return {
    sub: person.username,
    aud: cluster.id,
    groups: [
      TOKEN_GROUPS.scope,
      ...(person.admin ? [TOKEN_GROUPS.admins] : []),
      ...[...names].sort(),
    ],
  };
}
