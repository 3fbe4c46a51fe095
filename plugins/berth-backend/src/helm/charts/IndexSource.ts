import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ARCHIVE_LIMITS } from './archive';
import { ChartError } from './ChartError';
import { parseIndex } from './parseIndex';
import { MAX_PROVENANCE_BYTES } from './provenance';
import { isOci, originOf, parseRepositoryAddress } from './repositoryAddress';
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
/** The folder, the chart and the tag of an artifact. */
const ARTIFACT =
  /^(oci:\/\/[\w.:[\]-]+\/(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*\/)*)([a-z0-9]+(?:[._-]+[a-z0-9]+)*):(\w[\w.+-]{0,127})$/;

/** Charts of a repository with an index.yaml. */
export class IndexSource implements ChartSource {
  readonly #client: Pick<RepositoryClient, 'get'>;
  readonly #maxIndexBytes: number;
  readonly #registries: Omit<ChartSource, 'read'>;

  /** @param registries - reads the charts that an index has at oci:// addresses */
  constructor(
    client: Pick<RepositoryClient, 'get'>,
    maxIndexBytes: number,
    registries: Omit<ChartSource, 'read'>,
  ) {
    this.#client = client;
    this.#maxIndexBytes = maxIndexBytes;
    this.#registries = registries;
  }

  async read(
    repository: RepositorySettings,
    known: Conditions,
  ): Promise<ChartIndex> {
    const { bytes, etag, lastModified } = await this.#client.get(
      repository,
      new URL('index.yaml', repository.url),
      { maxBytes: this.#maxIndexBytes, timeoutMs: INDEX_MS },
      known,
    );
    return bytes
      ? { charts: parseIndex(bytes, repository.charts), etag, lastModified }
      : {};
  }

  /** The index has the digest, or only a registry has. */
  async digestOf(
    repository: RepositorySettings,
    _chart: string,
    { url }: ArchivePlace,
  ): Promise<string | undefined> {
    const artifact = artifactOf(repository, url);
    return (
      artifact &&
      this.#registries.digestOf(artifact.registry, artifact.chart, artifact)
    );
  }

  async archive(
    repository: RepositorySettings,
    _chart: string,
    { url }: ArchivePlace,
  ): Promise<Buffer> {
    const artifact = artifactOf(repository, url);
    if (artifact) {
      const { registry, chart } = artifact;
      // The digest of the index is compared later. The registry is asked for what its tag has.
      return this.#registries.archive(registry, chart, artifact);
    }
    const { maxPackedBytes } = ARCHIVE_LIMITS;
    return this.#fetch(repository, addressOf(repository, url), maxPackedBytes);
  }

  async provenance(
    repository: RepositorySettings,
    _chart: string,
    { url }: ArchivePlace,
  ): Promise<Buffer> {
    const artifact = artifactOf(repository, url);
    if (artifact) {
      const { registry, chart } = artifact;
      return this.#registries.provenance(registry, chart, artifact);
    }
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

/**
 * Returns where a registry has a chart that an index has at an oci:// address. Another registry than the repository's
 * own gets nothing of the repository: no credential, and only the public CAs.
 */
function artifactOf(repository: RepositorySettings, url: string) {
  if (!isOci({ url })) {
    return undefined;
  }
  const [, folder, chart, tag] = ARTIFACT.exec(url) ?? [];
  const address = folder && parseRepositoryAddress(folder, false);
  if (!address) {
    throw new ChartError(
      `The index of the repository has an invalid address: ${quoteUntrusted(
        url,
      )} is not like oci://HOST/PATH/CHART:VERSION`,
    );
  }
  const { name } = repository;
  const registry: RepositorySettings =
    originOf({ url: address }, false) === originOf(repository, false)
      ? { ...repository, url: address }
      : { name, url: address };
  // A tag has no "+"; Helm writes "_".
  return { registry, chart, url: tag.replaceAll('+', '_') };
}

function addressOf(repository: RepositorySettings, url: string): URL {
  if (!URL.canParse(url, repository.url)) {
    throw new ChartError('The index of the repository has no valid address');
  }
  return new URL(url, repository.url);
}
