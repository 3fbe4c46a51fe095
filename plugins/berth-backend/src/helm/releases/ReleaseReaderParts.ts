import { Entry } from '../../access/ClusterEntries';
import { ClusterKind } from '../../resources/kinds/discovery';
import { ReleaseCalls } from './ReleaseCalls';
import { SummaryCache } from './SummaryCache';
import { ReleaseSource } from './types';

/** What reading the releases of one cluster as one person takes. */
export interface ReleaseReaderParts {
  /** @throws NotAllowedError if the configuration of the portal takes the Secrets or ConfigMaps away */
  assertAllowed(source: ReleaseSource): void;
  cache: SummaryCache;
  configMapStorage: boolean;
  entry: Pick<Entry, 'cluster'>;
  /** @throws NotFoundError if the cluster has no such kind */
  findKind(
    group: string,
    plural: string,
    signal: AbortSignal,
  ): Promise<ClusterKind>;
  /** @param onAnswer - called when an answer begins */
  openCalls(signal: AbortSignal, onAnswer?: () => void): ReleaseCalls;
}

/** Returns where releases are looked for. */
export function sourcesOf({
  configMapStorage,
}: Pick<ReleaseReaderParts, 'configMapStorage'>): ReleaseSource[] {
  return configMapStorage ? ['secret', 'configMap'] : ['secret'];
}
