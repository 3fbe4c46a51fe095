import { Cluster } from '@berth/plugin-berth-common';

/**
 * The kube-apiserver flags that make a cluster trust the portal's tokens.
 *
 * @param issuer - the portal's issuer URL, exactly as in its discovery document
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#configuring-the-api-server
 */
export function apiServerFlags(
  issuer: string,
  cluster: Pick<Cluster, 'id' | 'usernamePrefix' | 'groupsPrefix'>,
): string {
  return [
    `--oidc-issuer-url=${issuer}`,
    `--oidc-client-id=${cluster.id}`,
    '--oidc-username-claim=sub',
    // "-" is how the flag says that nothing is put before user names.
    `--oidc-username-prefix=${cluster.usernamePrefix || '-'}`,
    '--oidc-groups-claim=groups',
    ...(cluster.groupsPrefix
      ? [`--oidc-groups-prefix=${cluster.groupsPrefix}`]
      : []),
  ].join('\n');
}
