import { HelmChartReference } from '@berth/plugin-berth-common';
import { ChartSummary } from './types';

const PREFIX = 'berth.dev/';
const REPOSITORY = `${PREFIX}repository`;
const VERSION = `${PREFIX}chart-version`;
/** The label with the digest of the chart. */
export const DIGEST_LABEL = `${PREFIX}chart-digest`;
const MAX_LABEL = 63;

/**
 * Returns the labels of a release that record where its chart came from. Helm keeps them in later revisions.
 *
 * @param digest - the SHA-256 of the archive, of which a label has room for all but the last digit
 */
export function originLabels(
  { repository, version }: HelmChartReference,
  digest: string,
): Record<string, string> {
  return {
    [REPOSITORY]: repository,
    [VERSION]: labelValue(version),
    [DIGEST_LABEL]: digestLabel(digest),
  };
}

/**
 * Reads where the chart of a release came from. Another program that upgrades the release keeps the labels, so they
 * count only for the version that they name.
 */
export function originOf(
  labels: Record<string, string>,
  chart: ChartSummary | undefined,
): { repository: string; digest?: string } | undefined {
  const {
    [REPOSITORY]: repository,
    [VERSION]: version,
    [DIGEST_LABEL]: digest,
  } = labels;
  return repository !== undefined &&
    chart !== undefined &&
    version === labelValue(chart.version)
    ? { repository, ...(digest !== undefined && { digest }) }
    : undefined;
}

/** Returns what a label has of a digest. */
export function digestLabel(digest: string): string {
  return digest.slice(0, MAX_LABEL);
}

/** Labels hold no "+", and end with a letter or a digit. */
function labelValue(version: string): string {
  return version
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .slice(0, MAX_LABEL)
    .replace(/[^A-Za-z0-9]+$/, '');
}
