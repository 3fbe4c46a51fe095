import { OnboardingStep } from '@berth/plugin-berth-common';
import { createOnboardingManifest } from '../manifest';
import { GuideMaker, OnboardingContext } from '../types';

/** What every cluster needs: roles, bindings, fence. */
export const manifestGuide: GuideMaker = context => ({
  title: 'Manifest',
  notes: [],
  steps: manifestSteps(context),
});

/** The last steps of every guide. */
export function manifestSteps(context: OnboardingContext): OnboardingStep[] {
  const filename = `berth-${context.cluster.name}.yaml`;
  return [
    {
      title: 'Save the manifest',
      why: "It says what the portal and the people of the portal's tokens may do",
      language: 'yaml',
      filename,
      text: createOnboardingManifest(context),
    },
    {
      title: 'Apply it, as an admin of the cluster',
      why: 'The portal has no rights on the cluster before, and none to give itself any',
      language: 'shell',
      text: `kubectl apply -f ${filename}\n`,
    },
  ];
}
