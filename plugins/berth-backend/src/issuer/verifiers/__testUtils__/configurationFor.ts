import { contextOf } from '../../../registry/onboarding/__testUtils__/contexts';
import { authenticationConfiguration } from '../../../registry/onboarding/authenticationConfiguration';
import { IssuerUnderTest } from './IssuerUnderTest';

/** Returns the configuration that our onboarding generates for a cluster of modern Kubernetes. */
export function configurationFor(issuer: IssuerUnderTest, audience: string) {
  return authenticationConfiguration(
    contextOf({
      issuer: issuer.url,
      issuerCaPem: issuer.caPem,
      algorithm: issuer.algorithm,
      version: 'v1.36.0',
      cluster: { id: audience },
    }),
  );
}
