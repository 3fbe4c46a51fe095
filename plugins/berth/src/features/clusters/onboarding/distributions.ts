import {
  ONBOARDING_FORMATS,
  OnboardingFormat,
} from '@berth/plugin-berth-common';

/** A Kubernetes distribution, which determines how its API server is set up to trust the portal. */
export type Distribution = Exclude<OnboardingFormat, 'manifest'>;

/** All distributions, in the order of the menu. */
export const DISTRIBUTIONS = ONBOARDING_FORMATS.filter(
  (format): format is Distribution => format !== 'manifest',
);

/** Whether a text names a distribution. */
export function isDistribution(text: string | null): text is Distribution {
  return DISTRIBUTIONS.some(distribution => distribution === text);
}
