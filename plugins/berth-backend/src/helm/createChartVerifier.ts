import { Config } from '@backstage/config';
import pLimit from 'p-limit';
import { HelmVerifier } from './runner';
import { readHelmWriteSettings } from './settings';

/**
 * Returns what creates the verifier of signatures, at its first use; undefined in a portal without helm.
 *
 * @param places - how many programs run at the same time
 */
export function createChartVerifier(
  config: Config,
  places: pLimit.Limit,
): (() => Promise<HelmVerifier>) | undefined {
  const { binary } = readHelmWriteSettings(config);
  return binary === undefined
    ? undefined
    : () => HelmVerifier.create(binary, places);
}
