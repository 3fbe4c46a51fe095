import { OnboardingStep } from '@berth/plugin-berth-common';
import { createOnboardingManifest } from '../manifest';
import { SERVICE_ACCOUNT } from '../../../model/portalAccount';
import { GuideMaker, OnboardingContext } from '../types';

const namespaceStep: OnboardingStep = {
  title: "Create the namespace of the portal's service account",
  why: 'The command fails if the namespace exists. If it is not from an earlier onboarding of yours, delete it first: a person who can work in it can use the account',
  language: 'shell',
  text: `kubectl create namespace ${SERVICE_ACCOUNT.namespace}\n`,
};

/** The objects that every cluster needs: roles, bindings, admission policy. */
export const manifestGuide: GuideMaker = context => ({
  title: 'Manifest',
  notes: [],
  steps: manifestSteps(context),
});

/** Returns the steps with the manifest, which every guide has once. */
export function manifestSteps(context: OnboardingContext): OnboardingStep[] {
  const { connection, name } = context.cluster;
  const filename = `berth-${name}.yaml`;
  const steps: OnboardingStep[] = [
    ...(connection === 'serviceAccount' ? [namespaceStep] : []),
    {
      title: 'Save the manifest',
      why: 'It grants the rights of the portal and of the groups in its tokens',
      language: 'yaml',
      filename,
      text: createOnboardingManifest(context),
    },
    {
      title: 'Apply the manifest as an admin of the cluster',
      why: 'The portal has no rights on the cluster before this, and cannot grant itself any',
      language: 'shell',
      text: `kubectl apply -f ${filename}\n`,
    },
  ];
  return steps.map(step => ({ ...step, part: 'manifest' }));
}
