import { Cluster } from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import { Distribution, isDistribution } from './distributions';
import { guessDistribution } from './guessDistribution';

const PARAMETER = 'distribution';

/** The distribution that was chosen, kept in the address so that it can be returned to and sent on. */
export function useDistribution(
  cluster: Cluster,
): [Distribution, (distribution: Distribution) => void] {
  const [parameters, setParameters] = useSearchParams();
  const chosen = parameters.get(PARAMETER);
  return [
    isDistribution(chosen) ? chosen : guessDistribution(cluster),
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
