import { ClusterStatus } from '@berth/plugin-berth-common';
import { StepState } from '../../../kit';

type StepName = 'where' | 'trust' | 'manifest' | 'check';

/**
 * Derives the progress of the onboarding from the last probe: a cluster that refuses the portal's token was reached, and
 * a cluster that refuses a right has accepted the token.
 */
export function stepStates(
  status: Pick<ClusterStatus, 'state'>,
): Record<StepName, StepState> {
  switch (status.state) {
    case 'Connected':
      return { where: 'done', trust: 'done', manifest: 'done', check: 'done' };
    case 'Forbidden':
      return {
        where: 'done',
        trust: 'done',
        manifest: 'current',
        check: 'current',
      };
    case 'Unreachable':
    case 'Untrusted':
      return {
        where: 'current',
        trust: 'upcoming',
        manifest: 'upcoming',
        check: 'current',
      };
    default:
      return {
        where: 'done',
        trust: 'current',
        manifest: 'current',
        check: 'current',
      };
  }
}
