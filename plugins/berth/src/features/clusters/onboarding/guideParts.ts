import { OnboardingGuide, OnboardingStep } from '@berth/plugin-berth-common';

/**
 * The steps of a guide, by the step of the page that shows them. A service account exists only once the manifest is
 * applied, so a guide that uses one is shown in one piece.
 */
export function guideParts({
  connection,
  steps,
}: Pick<OnboardingGuide, 'connection' | 'steps'>): {
  trust: OnboardingStep[];
  manifest: OnboardingStep[];
} {
  return connection === 'serviceAccount'
    ? { trust: steps, manifest: [] }
    : {
        trust: steps.filter(({ part }) => part !== 'manifest'),
        manifest: steps.filter(({ part }) => part === 'manifest'),
      };
}
