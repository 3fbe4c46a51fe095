import { TOKEN_LIFETIME_SECONDS } from '../../issuer/tokenLifetime';
import { RECONCILER_USERNAME } from '../connection/OidcConnection';
import { OnboardingContext } from './types';
import { isAtLeast } from '../../model/versions';

/**
 * Creates the AuthenticationConfiguration of a cluster. Unlike flags, it refuses tokens for several audiences,
 * long-lived tokens, and names that this portal does not issue.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
 */
export function authenticationConfiguration(
  context: OnboardingContext,
): object {
  const { cluster, issuer, issuerCaPem, version } = context;
  const { id, usernamePrefix, groupsPrefix } = cluster;
  return {
    // Supported since 1.30; v1 since 1.34.
    apiVersion: `apiserver.config.k8s.io/${
      isAtLeast(version, 34) ? 'v1' : 'v1beta1'
    }`,
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: {
          url: issuer,
          audiences: [id],
          ...(issuerCaPem !== undefined && {
            certificateAuthority: issuerCaPem,
          }),
        },
        claimValidationRules: claimValidationRules(id),
        claimMappings: {
          username: { claim: 'sub', prefix: usernamePrefix },
          groups: { claim: 'groups', prefix: groupsPrefix },
        },
        userValidationRules: userValidationRules(usernamePrefix),
      },
    ],
  };
}

/** @param clusterId - the only audience */
export function claimValidationRules(clusterId: string) {
  return [
    {
      expression: `claims.aud == ${literal(clusterId)}`,
      message: 'the token must be for this cluster alone',
    },
    {
      expression: `claims.exp - claims.iat <= ${TOKEN_LIFETIME_SECONDS}`,
      message: `the token must not be valid for more than ${TOKEN_LIFETIME_SECONDS} seconds`,
    },
  ];
}

/** @param usernamePrefix - the prefix that the mapping puts before the user name */
export function userValidationRules(usernamePrefix: string) {
  const people = literal(`${usernamePrefix}user:`);
  const reconciler = literal(`${usernamePrefix}${RECONCILER_USERNAME}`);
  return [
    {
      expression: `user.username.startsWith(${people}) || user.username == ${reconciler}`,
      message: `the user name must begin with ${usernamePrefix}user:, or be the portal's own`,
    },
    {
      expression: "user.groups.all(group, !group.startsWith('system:'))",
      message: "groups must not begin with system:, which is Kubernetes' own",
    },
  ];
}

/** Returns a CEL string; a JSON string is a valid one. */
function literal(text: string): string {
  return JSON.stringify(text);
}
