import { useRef } from 'react';
import {
  Cluster,
  ONBOARDING_FEATURES,
  ONBOARDING_FORMATS,
  OnboardingFeature,
  OnboardingFormat,
  OnboardingGuide,
} from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { guessDistribution } from './guessDistribution';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

const PARAMETER = 'distribution';
const FEATURES = 'features';

/**
 * Returns the chosen distribution, kept in the address so that it can be shared. Until a person chooses, returns a
 * guess, which does not change while the page is open: the guide must not change under its reader.
 *
 * @param version - the cluster's version, undefined if unknown
 */
export function useDistribution(
  cluster: Pick<Cluster, 'apiServer' | 'connection'>,
  version: string | undefined,
): [Distribution, (distribution: Distribution) => void] {
  const [parameters, setParameters] = useSearchParams();
  const guess = useRef<Distribution>(undefined);
  guess.current ??= guessDistribution(cluster, version);
  const chosen = parameters.get(PARAMETER);
  return [
    isDistribution(chosen) ? chosen : guess.current,
    distribution =>
      setParameters(
        previous => {
          previous.set(PARAMETER, distribution);
          return previous;
        },
        { replace: true },
      ),
  ];
}

/** Returns the chosen optional parts of the manifest, kept in the address, too. */
export function useFeatures(): [
  OnboardingFeature[],
  (features: readonly string[]) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const named = parameters.getAll(FEATURES);
  const features = ONBOARDING_FEATURES.filter(one => named.includes(one));
  return [
    features,
    chosen =>
      setParameters(
        previous => {
          previous.delete(FEATURES);
          ONBOARDING_FEATURES.filter(one => chosen.includes(one)).forEach(one =>
            previous.append(FEATURES, one),
          );
          return previous;
        },
        { replace: true },
      ),
  ];
}

/** A Kubernetes distribution, which determines how its API server is set up to trust the portal. */
export type Distribution = Exclude<OnboardingFormat, 'manifest'>;

/** All distributions, in the order of the menu. */
export const DISTRIBUTIONS = ONBOARDING_FORMATS.filter(
  (format): format is Distribution => format !== 'manifest',
);

/** Returns whether a text names a distribution. */
export function isDistribution(text: string | null): text is Distribution {
  return DISTRIBUTIONS.some(distribution => distribution === text);
}

/** Loads the guide of one format for a cluster. */
export function useGuide(
  name: string,
  format: OnboardingFormat,
  features: OnboardingFeature[] = [],
): Polled<OnboardingGuide> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['onboarding', name, format, ...features],
    load: () => api.getOnboarding(name, format, features),
  });
}
