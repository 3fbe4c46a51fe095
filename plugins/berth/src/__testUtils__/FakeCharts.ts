import {
  Chart,
  ChartAddress,
  ChartFile,
  ChartFileName,
  ChartPreset,
  ChartQuery,
  ChartRepository,
  ChartVersion,
  ChartVersionQuery,
  ChartView,
  CountedPage,
  CreateChartRepositoryRequest,
  List,
  UpdateChartRepositoryRequest,
} from '@berth/plugin-berth-common';
import { FakeTerminals } from './FakeTerminals';
import { pageFrom } from './pageFrom';
import { responseError } from './responseError';

const DIGEST = '5f2c'.repeat(16);

/** A chart of a repository with its versions and files. */
export interface FakeChart {
  view: ChartView;
  /** The latest first. */
  versions: ChartVersion[];
  files?: Partial<Record<ChartFileName, string>>;
}

/** The part of `FakeBerthApi` that serves charts and chart repositories. */
export class FakeCharts extends FakeTerminals {
  readonly charts: FakeChart[] = [];
  readonly repositories: ChartRepository[] = [];
  /** The repositories that were refreshed, the latest last. */
  readonly refreshed: string[] = [];
  /** The requests that added repositories, the latest last. */
  readonly created: CreateChartRepositoryRequest[] = [];
  /** The requests that changed repositories, the latest last. */
  readonly updated: UpdateChartRepositoryRequest[] = [];
  readonly presets: ChartPreset[] = [];
  /** Why files of charts cannot be read. */
  chartFileProblem?: string;

  readonly chartQueries: ChartQuery[] = [];

  async listCharts(query: ChartQuery = {}): Promise<CountedPage<Chart>> {
    const wanted = [query.repository ?? []].flat();
    const words = (query.search ?? '').toLowerCase().split(' ');
    const names = [query.name ?? []].flat();
    this.chartQueries.push(query);
    const found = this.charts
      .map(({ view }) => view)
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .filter(
        ({ repository }) => wanted.length === 0 || wanted.includes(repository),
      )
      .filter(({ name, description, keywords }) => {
        const text = [name, description, ...keywords].join(' ').toLowerCase();
        return words.every(word => text.includes(word));
      });
    return pageFrom<Chart>(found, query);
  }

  async getChart(address: ChartAddress): Promise<ChartView> {
    return this.#find(address).view;
  }

  async listChartVersions(
    address: ChartAddress,
    query: ChartVersionQuery = {},
  ): Promise<CountedPage<ChartVersion>> {
    return pageFrom(this.#find(address).versions, query);
  }

  async getChartFile(
    { version, ...address }: ChartAddress & { version: string },
    file: ChartFileName,
  ): Promise<ChartFile> {
    const { files = {}, versions } = this.#find(address);
    if (this.chartFileProblem !== undefined) {
      throw await responseError(502, this.chartFileProblem);
    }
    if (!versions.some(one => one.version === version)) {
      throw await responseError(404, `There is no version "${version}"`);
    }
    const text = files[file]?.replaceAll('VERSION', version);
    return { digest: DIGEST, ...(text !== undefined && { text }) };
  }

  async listChartPresets(): Promise<List<ChartPreset>> {
    const items = [...this.presets];
    return { items, totalItems: items.length };
  }

  async listChartRepositories(): Promise<List<ChartRepository>> {
    const items = [...this.repositories];
    return { items, totalItems: items.length };
  }

  async createChartRepository(
    request: CreateChartRepositoryRequest,
  ): Promise<ChartRepository> {
    const { name, url, credential, caData, charts } = request;
    const { keyringData } = request;
    if (!/^(https|oci):/.test(url)) {
      throw await responseError(400, 'url must be an https:// address', [
        { path: ['url'], message: 'url must be an https:// address' },
      ]);
    }
    this.created.push(request);
    const added: ChartRepository = {
      name,
      url,
      source: 'Portal',
      hasCredential: credential !== undefined,
      hasCa: caData !== undefined,
      hasKeyring: keyringData !== undefined,
      ...(charts && { only: charts }),
      state: 'Pending',
      charts: 0,
      versions: 0,
    };
    this.repositories.push(added);
    return added;
  }

  async updateChartRepository(
    name: string,
    request: UpdateChartRepositoryRequest,
  ): Promise<ChartRepository> {
    this.updated.push(request);
    const index = this.repositories.findIndex(one => one.name === name);
    const { url = this.repositories[index].url } = request;
    this.repositories[index] = { ...this.repositories[index], url };
    return this.repositories[index];
  }

  async deleteChartRepository(name: string): Promise<void> {
    const index = this.repositories.findIndex(one => one.name === name);
    this.repositories.splice(index, 1);
  }

  async refreshChartRepository(name: string): Promise<ChartRepository> {
    this.refreshed.push(name);
    const index = this.repositories.findIndex(one => one.name === name);
    const { problem: _, ...known } = this.repositories[index];
    this.repositories[index] = {
      ...known,
      state: 'Ready',
      refreshedAt: new Date().toISOString(),
    };
    return this.repositories[index];
  }

  #find({ repository, chart }: ChartAddress): FakeChart {
    const found = this.charts.find(
      ({ view }) => view.repository === repository && view.name === chart,
    );
    if (!found) {
      throw new Error(`There is no chart ${repository}/${chart}`);
    }
    return found;
  }
}
