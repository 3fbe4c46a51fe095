import { useApi } from '@backstage/core-plugin-api';
import { OnboardingFormat, OnboardingGuide } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

/** The guide of one format for a cluster. */
export function useGuide(
  name: string,
  format: OnboardingFormat,
): Polled<OnboardingGuide> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['onboarding', name, format],
    load: () => api.getOnboarding(name, format),
  });
}
