import { useRef } from 'react';
import { Cluster } from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import { Distribution, isDistribution } from './distributions';
import { guessDistribution } from './guessDistribution';

const PARAMETER = 'distribution';

/**
 * The distribution that was chosen, kept in the address so that it can be sent on. Until then it is a guess, which
 * stays as it is while the page is open: a guide does not change under a reader.
 *
 * @param version - the cluster's version, as far as it is known
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
