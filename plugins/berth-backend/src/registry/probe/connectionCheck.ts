import { ClusterCheck } from '@berth/plugin-berth-common';
import { ProbeResult } from '../types';

/** What a probe says as an onboarding check. */
export function connectionCheck(result: ProbeResult): ClusterCheck {
  if (result.state === 'Connected') {
    return {
      id: 'connection',
      title: 'Connection',
      status: 'Passed',
      message: `Connected to Kubernetes ${result.version} with ${result.nodes} nodes`,
    };
  }
  return {
    id: 'connection',
    title: 'Connection',
    status: 'Failed',
    message: `${result.state} (${result.cause}): ${result.problem}`,
    hint: result.hint,
  };
}
