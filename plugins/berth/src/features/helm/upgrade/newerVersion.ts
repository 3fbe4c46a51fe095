import { ChartVersion } from '@berth/plugin-berth-common';

/**
 * Returns the latest version that is newer than the one of a release.
 *
 * @param versions - the latest first
 * @returns undefined if there is none, or if the repository does not list the version of the release
 */
export function newerVersion(
  versions: readonly Pick<ChartVersion, 'version' | 'prerelease'>[],
  current: string,
): string | undefined {
  const place = versions.findIndex(({ version }) => version === current);
  return versions
    .slice(0, Math.max(place, 0))
    .find(({ prerelease }) => !prerelease)?.version;
}
