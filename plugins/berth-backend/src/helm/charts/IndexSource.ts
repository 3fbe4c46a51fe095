import { ARCHIVE_LIMITS } from './archive';
import { ChartError } from './ChartError';
import { parseIndex } from './parseIndex';
import { MAX_PROVENANCE_BYTES } from './provenance';
import { RepositoryClient } from './RepositoryClient';
import {
  ArchivePlace,
  ChartIndex,
  ChartSource,
  Conditions,
  RepositorySettings,
} from './types';

const INDEX_MS = 120_000;
const ARCHIVE_MS = 60_000;

/** Charts of a repository with an index.yaml. */
export class IndexSource implements ChartSource {
  readonly #client: Pick<RepositoryClient, 'get'>;
  readonly #maxIndexBytes: number;

  constructor(client: Pick<RepositoryClient, 'get'>, maxIndexBytes: number) {
    this.#client = client;
    this.#maxIndexBytes = maxIndexBytes;
  }

  async read(
    repository: RepositorySettings,
    known: Conditions,
  ): Promise<ChartIndex | undefined> {
    const { bytes, etag, lastModified } = await this.#client.get(
      repository,
      new URL('index.yaml', repository.url),
      { maxBytes: this.#maxIndexBytes, timeoutMs: INDEX_MS },
      known,
    );
    return (
      bytes && {
        charts: parseIndex(bytes, repository.charts),
        etag,
        lastModified,
      }
    );
  }

  /** The index has the digest, or nobody has. */
  async digestOf(): Promise<undefined> {
    return undefined;
  }

  async archive(
    repository: RepositorySettings,
    _chart: string,
    { url }: ArchivePlace,
  ): Promise<Buffer> {
    const { maxPackedBytes } = ARCHIVE_LIMITS;
    return this.#fetch(repository, addressOf(repository, url), maxPackedBytes);
  }

  async provenance(
    repository: RepositorySettings,
    _chart: string,
    { url }: ArchivePlace,
  ): Promise<Buffer> {
    const address = addressOf(repository, url);
    address.pathname += '.prov';
    return this.#fetch(repository, address, MAX_PROVENANCE_BYTES);
  }

  async #fetch(
    repository: RepositorySettings,
    url: URL,
    maxBytes: number,
  ): Promise<Buffer> {
    const bounds = { maxBytes, timeoutMs: ARCHIVE_MS };
    const { bytes } = await this.#client.get(repository, url, bounds);
    return bytes!;
  }
}

function addressOf(repository: RepositorySettings, url: string): URL {
  if (!URL.canParse(url, repository.url)) {
    throw new ChartError('The index of the repository has no valid address');
  }
  return new URL(url, repository.url);
}
