import { OnboardingStep } from '@berth/plugin-berth-common';
import { SERVICE_ACCOUNT } from '../serviceAccount';
import { GuideMaker, OnboardingContext } from '../types';
import { manifestSteps } from './manifestGuide';

/** @see https://cloud.google.com/kubernetes-engine/docs/how-to/oidc */
export const gkeGuide: GuideMaker = context => ({
  title: 'Google Kubernetes Engine',
  notes: [
    "GKE's API server cannot be given an issuer: it accepts neither the portal's own tokens nor those that the portal gives to people. The portal therefore comes as a service account (connection serviceAccount), and people come with their Google identities.",
    'The role bindings that the portal keeps name groups. For people to be in them, the groups must exist in Google Groups for RBAC, or in a workforce pool, under the names that the portal uses on this cluster.',
    'Identity Service for GKE would accept the tokens at an address of its own, but Google advises against it, and new organisations have not had it since July 2025.',
  ],
  steps: serviceAccountSteps(context),
});

/** For clusters that cannot accept the portal's tokens. */
export function serviceAccountSteps(
  context: OnboardingContext,
): OnboardingStep[] {
  const { namespace, name } = SERVICE_ACCOUNT;
  return [
    ...manifestSteps({
      ...context,
      cluster: { ...context.cluster, connection: 'serviceAccount' },
    }),
    {
      title: "Make a first token for the portal's service account",
      why: "The portal exchanges it at once for one that it renews itself; put it into the cluster's settings, with the connection serviceAccount",
      language: 'shell',
      text: `kubectl -n ${namespace} create token ${name} --duration=1h\n`,
    },
  ];
}
