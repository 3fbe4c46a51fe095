import {
  ONBOARDING_FORMATS,
  OnboardingFormat,
} from '@berth/plugin-berth-common';

/** What runs a cluster, and so decides how its API server is told to trust the portal. */
export type Distribution = Exclude<OnboardingFormat, 'manifest'>;

/** All distributions, in the order in which they are offered. */
export const DISTRIBUTIONS = ONBOARDING_FORMATS.filter(
  (format): format is Distribution => format !== 'manifest',
);

/** Whether a text names a distribution. */
export function isDistribution(text: string | null): text is Distribution {
  return DISTRIBUTIONS.some(distribution => distribution === text);
}
