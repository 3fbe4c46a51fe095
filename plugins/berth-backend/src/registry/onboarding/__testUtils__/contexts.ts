import { decideAdmissionPolicy } from '../admissionPolicy';
import { OnboardingContext } from '../types';

export const ISSUER = 'https://portal.example.com/api/oidc';

/** A context of a modern cluster, with changes. */
export function contextOf({
  cluster,
  ...changes
}: Partial<Omit<OnboardingContext, 'cluster'>> & {
  cluster?: Partial<OnboardingContext['cluster']>;
} = {}): OnboardingContext {
  const version = 'version' in changes ? changes.version : 'v1.33.1';
  return {
    issuer: ISSUER,
    algorithm: 'RS256',
    admissionPolicy: decideAdmissionPolicy('auto', version),
    features: [],
    pullSecrets: [],
    ...changes,
    version,
    cluster: {
      id: '01JD0000000000000000000000',
      name: 'prod01',
      apiServer: 'https://k8s.example.com:6443',
      connection: 'oidc',
      usernamePrefix: '',
      groupsPrefix: '',
      ...cluster,
    },
  };
}
