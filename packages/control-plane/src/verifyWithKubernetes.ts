import { KubernetesAuthenticator, Verdict } from './KubernetesAuthenticator';

/**
 * Authenticates tokens with the authenticator of modern Kubernetes.
 *
 * @param configuration - the AuthenticationConfiguration, an object or YAML
 * @param caPem - the CA of the issuer
 * @throws Error with Kubernetes' own words if the configuration is refused or the issuer is not ready
 */
export async function verifyWithKubernetes(
  configuration: object | string,
  caPem: string,
  tokens: string[],
): Promise<Verdict[]> {
  const authenticator = await KubernetesAuthenticator.start(
    configuration,
    caPem,
  );
  try {
    return await Promise.all(tokens.map(token => authenticator.verify(token)));
  } finally {
    await authenticator.stop();
  }
}
