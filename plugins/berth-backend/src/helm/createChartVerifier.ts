import { Config } from '@backstage/config';
import { HelmVerifier } from './runner';
import { readHelmWriteSettings } from './settings';

/** Returns what creates the verifier of signatures, at its first use; undefined in a portal without helm. */
export function createChartVerifier(
  config: Config,
): (() => Promise<HelmVerifier>) | undefined {
  const { binary } = readHelmWriteSettings(config);
  return binary === undefined ? undefined : () => HelmVerifier.create(binary);
}
