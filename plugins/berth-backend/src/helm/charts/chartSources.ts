import { IndexSource } from './IndexSource';
import { OciSource } from './oci/OciSource';
import { isOci } from './repositoryAddress';
import { RepositoryClient } from './RepositoryClient';
import { ChartSource, RepositorySettings } from './types';

/** Returns what reads the charts of a repository. */
export type SourceOf = (repository: RepositorySettings) => ChartSource;

export function createChartSources(
  client: RepositoryClient,
  maxIndexBytes: number,
): SourceOf {
  const oci = new OciSource(client);
  const index = new IndexSource(client, maxIndexBytes, oci);
  return repository => (isOci(repository) ? oci : index);
}
