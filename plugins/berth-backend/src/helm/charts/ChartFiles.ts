import { NotFoundError } from '@backstage/errors';
import { ChartFile, ChartFileName } from '@berth/plugin-berth-common';
import { LRUCache } from 'lru-cache';
import limit from 'p-limit';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ArchiveFile, ChartArchive, readArchive } from './archive';
import { ArchiveCache, digestOf } from './ArchiveCache';
import { ChartError } from './ChartError';
import { SourceOf } from './chartSources';
import { ChecksSignatures } from './provenance';
import { ReadChart, readChart } from './readChart';
import { SharedRuns } from './SharedRuns';
import { shownBy } from './shownCharts';
import { ArchivePlace, ChartStore, RepositorySettings } from './types';

/** On each replica. */
const DOWNLOADS_AT_ONCE = 4;
const MAX_KEPT_BYTES = 32 * 1024 * 1024;

const PATHS: Record<ChartFileName, string[]> = {
  readme: ['README.md', 'readme.md', 'Readme.md', 'README.markdown'],
  values: ['values.yaml'],
  schema: ['values.schema.json'],
};

/** Identifies a version of a chart. */
export interface ChartVersionAddress {
  repository: RepositorySettings;
  chart: string;
  version: string;
}

/** A version of a chart as helm gets it. */
export interface RepositoryChart extends ReadChart {
  /** The SHA-256 of the archive of the repository, in hexadecimal. */
  digest: string;
}

interface Read extends ChartArchive {
  digest: string;
}

interface FetchedArchive {
  archive: Buffer;
  digest: string;
}

/** Reads archives of charts, and files in them. Archives are kept by their digest. */
export class ChartFiles {
  readonly #downloads = limit(DOWNLOADS_AT_ONCE);
  readonly #fetches = new SharedRuns<FetchedArchive>();
  readonly #archives: ArchiveCache;
  readonly #signatures: ChecksSignatures;
  readonly #sourceOf: SourceOf;
  readonly #store: Pick<ChartStore, 'version'>;
  /** What was read of archives, by digest. */
  readonly #read = new LRUCache<string, Read>({
    maxSize: MAX_KEPT_BYTES,
    sizeCalculation: ({ files }) =>
      [...files.values()].reduce((sum, { text }) => sum + text.length, 1_000),
  });

  constructor(options: {
    archives: ArchiveCache;
    signatures: ChecksSignatures;
    sourceOf: SourceOf;
    store: Pick<ChartStore, 'version'>;
  }) {
    this.#archives = options.archives;
    this.#signatures = options.signatures;
    this.#sourceOf = options.sourceOf;
    this.#store = options.store;
  }

  /** @throws NotFoundError for an unknown version; ChartError if the archive cannot be read; the reason of `signal` */
  async file(
    address: ChartVersionAddress,
    name: ChartFileName,
    signal: AbortSignal,
  ): Promise<ChartFile> {
    const { digest, files } = await this.#open(address, signal);
    const found = PATHS[name].map(path => files.get(path)).find(Boolean);
    return { digest, ...(found && presentFile(found)) };
  }

  /**
   * Returns the archive of a version, checked; where the repository has a keyring, with its signature.
   *
   * @throws the errors of `file`
   */
  async archive(
    address: ChartVersionAddress,
    signal: AbortSignal,
  ): Promise<FetchedArchive> {
    const { repository, chart, version } = address;
    const place = shownBy(repository.charts)(chart)
      ? await this.#store.version(repository.name, chart, version)
      : undefined;
    if (!place) {
      throw new NotFoundError(
        `The repository ${quoteUntrusted(
          repository.name,
        )} has no version ${quoteUntrusted(
          version,
        )} of the chart ${quoteUntrusted(chart)}`,
      );
    }
    const checked = await this.#fetches.run(
      JSON.stringify([repository, chart, place]),
      signal,
      () => this.#archiveAt(address, place),
    );
    await this.#signatures.check(
      { ...address, ...checked },
      () =>
        this.#downloads(() =>
          this.#sourceOf(repository).provenance(repository, chart, place),
        ),
      signal,
    );
    return checked;
  }

  async #archiveAt(
    { repository, chart }: ChartVersionAddress,
    place: ArchivePlace,
  ): Promise<FetchedArchive> {
    const source = this.#sourceOf(repository);
    const expected =
      place.digest ?? (await source.digestOf(repository, chart, place));
    const kept = expected && (await this.#archives.get(expected));
    if (kept) {
      return { archive: kept, digest: expected };
    }
    const archive = await this.#downloads(() =>
      source.archive(repository, chart, { ...place, digest: expected }),
    );
    const digest = digestOf(archive);
    if (expected !== undefined && expected !== digest) {
      throw new ChartError(
        `The archive has the digest ${digest}, but the index of the repository lists ${expected}. Someone changed one of them; the portal does not use the archive`,
      );
    }
    await this.#archives.set(digest, archive);
    return { archive, digest };
  }

  /**
   * Returns a version for helm, packed again, and what is in it.
   *
   * @throws the errors of `file`; ChartError if the archive holds another chart or version than the index lists
   */
  async chart(
    address: ChartVersionAddress,
    signal: AbortSignal,
  ): Promise<RepositoryChart> {
    const { archive, digest } = await this.archive(address, signal);
    const read = await readChart(archive);
    assertListed(read.root, address.chart, 'chart');
    assertListed(read.name, address.chart, 'chart');
    assertListed(read.version, address.version, 'version');
    return { ...read, digest };
  }

  async #open(
    address: ChartVersionAddress,
    signal: AbortSignal,
  ): Promise<Read> {
    const { archive, digest } = await this.archive(address, signal);
    const read = this.#read.get(digest) ?? {
      ...(await readArchive(archive, { paths: Object.values(PATHS).flat() })),
      digest,
    };
    this.#read.set(digest, read);
    assertListed(read.root, address.chart, 'chart');
    return read;
  }
}

function assertListed(held: string, listed: string, what: string): void {
  if (held !== listed) {
    throw new ChartError(
      `The archive holds the ${what} ${quoteUntrusted(
        held,
      )}, but the index of the repository lists ${quoteUntrusted(listed)}`,
    );
  }
}

function presentFile({ text, truncated }: ArchiveFile) {
  return { text, ...(truncated && { truncated }) };
}
