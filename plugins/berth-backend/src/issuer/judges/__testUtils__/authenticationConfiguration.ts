/** The AuthenticationConfiguration of one issuer and cluster, for Kubernetes 1.34 and later. */
export function authenticationConfiguration(url: string, audience: string) {
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    jwt: [
      {
        issuer: { url, audiences: [audience] },
        claimValidationRules: [
          {
            expression: `claims.aud == '${audience}'`,
            message: 'the token must be for this cluster alone',
          },
          {
            expression: 'claims.exp - claims.iat <= 600',
            message: 'a token lives for ten minutes at most',
          },
        ],
        claimMappings: {
          username: { claim: 'sub', prefix: '' },
          groups: { claim: 'groups', prefix: '' },
        },
        userValidationRules: [
          {
            expression:
              "user.username.startsWith('user:') || user.username == 'berth:reconciler'",
            message: 'only people and the portal itself get in',
          },
          {
            expression: "user.groups.all(g, !g.startsWith('system:'))",
            message: "no group of Kubernetes' own can be claimed",
          },
        ],
      },
    ],
  };
}
