import { Chart, HelmRelease } from '@berth/plugin-berth-common';
import isNewer from 'semver/functions/gt';
import isVersion from 'semver/functions/valid';

/** The latest versions of charts, by `keyOfChart`. */
export type NewestCharts = ReadonlyMap<string, string>;

const LOOSE = { loose: true };

export function keyOfChart(repository: string, name: string): string {
  return `${repository}/${name}`;
}

/** Returns the latest versions of charts. */
export function newestOf(charts: readonly Chart[]): NewestCharts {
  return new Map(
    charts.map(({ repository, name, version }) => [
      keyOfChart(repository, name),
      version,
    ]),
  );
}

/**
 * Returns the latest version of the chart of a release, of the repository from which the chart came.
 *
 * @returns undefined if the release has it, or a later one, or if the repository is not known
 */
export function newerChart(
  { chart, origin }: Pick<HelmRelease, 'chart' | 'origin'>,
  newest: NewestCharts,
): string | undefined {
  const version =
    chart && origin && newest.get(keyOfChart(origin.repository, chart.name));
  return version !== undefined &&
    isVersion(version, LOOSE) !== null &&
    isVersion(chart!.version, LOOSE) !== null &&
    isNewer(version, chart!.version, LOOSE)
    ? version
    : undefined;
}
