import {
  Chart,
  chartName,
  chartRepositoryName,
  HelmRelease,
} from '@berth/plugin-berth-common';
import isNewer from 'semver/functions/gt';
import isVersion from 'semver/functions/valid';

/** The latest versions of charts, by `keyOfChart`. */
export type NewestCharts = ReadonlyMap<string, string>;

/** The chart of a release, and where the chart came from. */
export type ChartOfRelease = Pick<HelmRelease, 'chart' | 'origin'>;

const LOOSE = { loose: true };

/**
 * Returns the repositories and the charts of releases. People with the right to write Secrets can write any name into a
 * release, and the API refuses the whole request for one that is not valid.
 */
export function originsOf(releases: readonly ChartOfRelease[]): {
  repository: string[];
  name: string[];
} {
  const repository = new Set<string>();
  const name = new Set<string>();
  for (const { chart, origin } of releases) {
    if (
      chart &&
      origin &&
      chartName.safeParse(chart.name).success &&
      chartRepositoryName.safeParse(origin.repository).success
    ) {
      repository.add(origin.repository);
      name.add(chart.name);
    }
  }
  return {
    repository: [...repository].sort(),
    name: [...name].sort(),
  };
}

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
  { chart, origin }: ChartOfRelease,
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
