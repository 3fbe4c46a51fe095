import { PodSecurityWait } from '@berth/plugin-berth-common';
import { KubeClient } from '../../kube';
import { forEachBounded } from '../forEachBounded';
import { waitOf, warningsOf } from './PodSecurityGate';
import { RaiseFacts, raisesToTry } from './raises';

const CALLS_AT_A_TIME = 8;

/** A person waits for the answer. */
const MAX_TRIED = 200;

/** The namespaces whose pods do not meet a higher level, and how many were not tried. */
export interface RaisePreview {
  waits: PodSecurityWait[];
  untried: string[];
}

/** Tries the higher levels of namespaces by dry runs, without a lease and without storing anything. */
export async function previewRaises(
  run: RaiseFacts & {
    clusterId: string;
    client: Pick<KubeClient, 'dryRunApply'>;
    signal: AbortSignal;
  },
): Promise<RaisePreview> {
  const { clusterId, client, signal } = run;
  const raises = raisesToTry(clusterId, run);
  const tried = raises.slice(0, MAX_TRIED);
  const now = new Date();
  const waits: PodSecurityWait[] = [];
  await forEachBounded(tried, CALLS_AT_A_TIME, async raise => {
    const warnings = await warningsOf(client, raise, signal);
    if (warnings.length > 0) {
      waits.push(waitOf(raise, warnings, now));
    }
  });
  return {
    waits: waits.sort((a, b) => (a.namespace < b.namespace ? -1 : 1)),
    untried: raises.slice(MAX_TRIED).map(one => one.wanted.metadata.name),
  };
}
