import { isKubeError } from '../../../kube';
import { skipped } from '../runChecks';
import { Check, Finding } from '../types';

/** Network delay and the whole seconds of the Date header explain this much. */
const TOLERATED_MS = 5_000;
/** From this difference on, a token loses a noticeable part of its ten minutes. */
const TOO_MUCH_MS = 60_000;

/** Checks that the clocks of the API server and the portal agree: the API server decides when a token expires. */
export const clockCheck: Check = {
  id: 'clock',
  title: 'Clock',
  needs: ['tls'],
  async run({ facts: { endpoint } }) {
    return !endpoint ||
      isKubeError(endpoint) ||
      endpoint.clockAheadMs === undefined
      ? skipped('The API server does not report the time')
      : clockFinding(endpoint.clockAheadMs);
  },
};

export function clockFinding(aheadMs: number): Finding {
  const apart = Math.abs(aheadMs);
  const message = `The API server's clock is ${Math.round(apart / 1000)} s ${
    aheadMs > 0 ? 'ahead of' : 'behind'
  } the portal's`;
  if (apart <= TOLERATED_MS) {
    return {
      status: 'Passed',
      message: `Clocks agree (${(apart / 1000).toFixed(1)} s apart)`,
    };
  }
  return {
    status: apart <= TOO_MUCH_MS ? 'Warning' : 'Failed',
    cause: 'ClockSkew',
    message: `${message}: ${
      aheadMs > 0
        ? 'tokens expire early there'
        : 'tokens are accepted there after they have expired'
    }`,
    hint: 'Synchronize both clocks by NTP. A token is valid for ten minutes, by the clock of the API server',
  };
}
