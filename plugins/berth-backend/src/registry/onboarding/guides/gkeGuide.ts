import { OnboardingGuide, OnboardingStep } from '@berth/plugin-berth-common';
import { SERVICE_ACCOUNT } from '../../../model/portalAccount';
import { GuideMaker, OnboardingContext } from '../types';
import { manifestSteps } from './manifestGuide';

/** @see https://cloud.google.com/kubernetes-engine/docs/how-to/oidc */
export const gkeGuide: GuideMaker = context => ({
  title: 'Google Kubernetes Engine',
  ...serviceAccountGuide(context, [
    "The API server of GKE accepts no other issuer: neither the portal's own tokens nor the tokens that the portal gives to people. The portal therefore connects as a service account, and people use their Google identities.",
    'The RoleBindings that the portal creates name groups. For people to be in them, the groups must exist in Google Groups for RBAC or in a workforce pool, under the names that the portal uses on this cluster.',
    'Identity Service for GKE would accept the tokens at an address of its own, but Google advises against it, and new organisations have not had it since July 2025.',
  ]),
});

/** Creates the guide for clusters that cannot accept the portal's tokens. */
export function serviceAccountGuide(
  context: OnboardingContext,
  notes: string[],
): Pick<OnboardingGuide, 'connection' | 'notes' | 'steps'> {
  const { connection } = context.cluster;
  return {
    connection: 'serviceAccount',
    notes: [
      ...(connection === 'serviceAccount'
        ? []
        : [
            `This cluster has the connection ${connection}, and this guide is for the connection serviceAccount. Change it in the settings of the cluster with the token from the last step.`,
          ]),
      ...notes,
    ],
    steps: serviceAccountSteps(context),
  };
}

function serviceAccountSteps(context: OnboardingContext): OnboardingStep[] {
  const { namespace, name } = SERVICE_ACCOUNT;
  return [
    ...manifestSteps({
      ...context,
      cluster: { ...context.cluster, connection: 'serviceAccount' },
    }),
    {
      title: "Create a first token for the portal's service account",
      why: 'Paste it into the settings of the cluster, with the connection serviceAccount. The portal exchanges it at once for a token that it renews itself',
      language: 'shell',
      text: `kubectl -n ${namespace} create token ${name} --duration=1h\n`,
    },
  ];
}
