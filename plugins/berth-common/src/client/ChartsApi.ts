import type {
  Chart,
  ChartFile,
  ChartFileName,
  ChartPreset,
  ChartPresetQuery,
  ChartQuery,
  ChartRepository,
  ChartVersion,
  ChartVersionQuery,
  ChartView,
  CreateChartRepositoryRequest,
  UpdateChartRepositoryRequest,
} from '../api/charts';
import type { CountedPage, List } from '../api/paging';

/**
 * Identifies a chart of a repository.
 *
 * @public
 */
export interface ChartAddress {
  /** The name of the repository. */
  repository: string;
  chart: string;
}

/**
 * The part of the API for charts and the repositories that they come from.
 *
 * @public
 */
export interface ChartsApi {
  /** Lists charts by name. */
  listCharts(query?: ChartQuery): Promise<CountedPage<Chart>>;
  getChart(address: ChartAddress): Promise<ChartView>;
  /** Lists the versions of a chart, the latest first. */
  listChartVersions(
    address: ChartAddress,
    query?: ChartVersionQuery,
  ): Promise<CountedPage<ChartVersion>>;
  /** Reads a file of a version of a chart. */
  getChartFile(
    address: ChartAddress & { version: string },
    file: ChartFileName,
  ): Promise<ChartFile>;
  /** Lists the presets of values for a version of a chart. */
  listChartPresets(
    address: ChartAddress & { version: string },
    query?: ChartPresetQuery,
  ): Promise<List<ChartPreset>>;
  listChartRepositories(): Promise<List<ChartRepository>>;
  createChartRepository(
    request: CreateChartRepositoryRequest,
  ): Promise<ChartRepository>;
  /** Changes a repository that an admin added. */
  updateChartRepository(
    name: string,
    request: UpdateChartRepositoryRequest,
  ): Promise<ChartRepository>;
  /** Removes a repository that an admin added, with its charts. */
  deleteChartRepository(name: string): Promise<void>;
  /** Asks a repository for changes, and waits for its answer. */
  refreshChartRepository(name: string): Promise<ChartRepository>;
}
