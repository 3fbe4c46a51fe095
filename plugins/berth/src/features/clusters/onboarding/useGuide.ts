import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { OnboardingFormat, OnboardingGuide } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolling } from '../../../kit/hooks';

/** The guide of one format for a cluster. */
export function useGuide(
  name: string,
  format: OnboardingFormat,
): Polled<OnboardingGuide> {
  const api = useApi(berthApiRef);
  const load = useCallback(
    () => api.getOnboarding(name, format),
    [api, name, format],
  );
  return usePolling(load, () => undefined);
}
