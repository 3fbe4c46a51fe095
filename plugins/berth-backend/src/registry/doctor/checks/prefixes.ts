import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import { RECONCILER_USERNAME } from '../../connection/OidcConnection';
import { ClusterRecord } from '../../../model/clusters';
import { skipped } from '../runChecks';
import { Check, Facts, Finding } from '../types';

/** Checks that names have the prefixes that the portal uses in bindings. */
export const prefixesCheck: Check = {
  id: 'prefixes',
  title: 'Prefixes',
  needs: ['token'],
  async run({ cluster, facts }) {
    return cluster.connection === 'oidc'
      ? prefixesFinding(cluster, facts)
      : skipped(
          'The portal uses a credential of the cluster, and its names have no prefix',
        );
  },
};

export function prefixesFinding(
  cluster: Pick<ClusterRecord, 'usernamePrefix' | 'groupsPrefix'>,
  { username, groups }: Pick<Facts, 'username' | 'groups'>,
): Finding {
  const wrongUsername = compare(
    'username',
    username === undefined ? [] : [username],
    RECONCILER_USERNAME,
    cluster.usernamePrefix,
  );
  if (wrongUsername) {
    return wrongUsername;
  }
  const wrongGroup = compare(
    'groups',
    groups ?? [],
    TOKEN_GROUPS.reconciler,
    cluster.groupsPrefix,
  );
  if (wrongGroup) {
    return wrongGroup;
  }
  if (username === undefined) {
    return skipped('The API server does not report the name of the portal');
  }
  return {
    status: 'Passed',
    message: groups
      ? `The portal is ${username}, in ${groups
          .filter(group => group.endsWith(TOKEN_GROUPS.reconciler))
          .join(', ')}`
      : `The portal is ${username}; this version does not report groups, so the check of the rights shows whether their prefix is right`,
  };
}

/** @param seen - the names on the API server; one of them should be `own` after the prefix */
function compare(
  which: 'username' | 'groups',
  seen: string[],
  own: string,
  prefix: string,
): Finding | undefined {
  if (seen.length === 0 || seen.includes(`${prefix}${own}`)) {
    return undefined;
  }
  const field = which === 'username' ? 'username prefix' : 'groups prefix';
  const cause = which === 'username' ? 'UsernamePrefix' : 'GroupsPrefix';
  const arrived = seen.find(name => name.endsWith(own));
  if (arrived === undefined) {
    return {
      status: 'Failed',
      cause,
      message: `The API server sees ${seen.join(
        ', ',
      )}, where ${prefix}${own} was expected`,
      hint: 'Map the claim sub to user names and the claim groups to groups, as in the onboarding files',
    };
  }
  const actual = arrived.slice(0, arrived.length - own.length);
  return {
    status: 'Failed',
    cause,
    message: `The API server puts ${quoted(
      actual,
    )} before names, and this cluster is set to ${quoted(prefix)}`,
    hint: `Set the ${field} of this cluster to ${quoted(
      actual,
    )} and apply the manifest again, or change the prefix of the API server as in the onboarding files`,
  };
}

function quoted(prefix: string): string {
  return prefix === '' ? 'nothing' : `“${prefix}”`;
}
