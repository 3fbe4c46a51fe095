import { HelmChartReference } from '@berth/plugin-berth-common';
import { ArchiveCache, digestOf } from '../ArchiveCache';
import { ChartFiles } from '../ChartFiles';
import { Signatures } from '../provenance';
import { ChartSource, ChartStore } from '../types';
import { anArchive, chartEntries } from './anArchive';

/** Charts of a repository without an index on the network. */
export class ServedCharts {
  readonly #archives = new Map<string, Buffer>();
  readonly #cache = new ArchiveCache();
  readonly #files = new ChartFiles({
    archives: this.#cache,
    signatures: new Signatures(undefined),
    sourceOf: () =>
      ({
        archive: async (_, __, { url }) => this.#archives.get(url)!,
      } as ChartSource),
    store: {
      version: async (_, name, version) => {
        const url = `/${name}-${version}.tgz`;
        const archive = this.#archives.get(url);
        return archive && { url, digest: digestOf(archive) };
      },
    } as Pick<ChartStore, 'version'>,
  });

  /** Adds a version of a chart with these files, and `Chart.yaml`. */
  async add(
    name: string,
    version: string,
    files: Record<string, string | Buffer> = {},
  ): Promise<Buffer> {
    const archive = await anArchive(
      chartEntries(name, {
        'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
        ...files,
      }),
    );
    this.#archives.set(`/${name}-${version}.tgz`, archive);
    return archive;
  }

  readonly open = (
    { repository, name, version }: HelmChartReference,
    signal: AbortSignal,
  ) =>
    this.#files.chart(
      {
        repository: { name: repository, url: 'https://charts.example.com/' },
        chart: name,
        version,
      },
      signal,
    );

  close(): Promise<void> {
    return this.#cache.close();
  }
}
