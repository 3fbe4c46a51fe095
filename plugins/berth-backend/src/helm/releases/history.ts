import { HelmRevision } from '@berth/plugin-berth-common';
import { ReleaseReader } from './ReleaseReader';
import { readSummaries } from './summaries';
import { ReleaseSummary } from './types';
import { revisionOf } from './view';

/** Of older revisions, only the metadata is shown. Helm keeps 10 by default. */
const MOST_READ = 100;

/** Returns the revisions of a release, the newest first. */
export async function readHistory(
  reader: ReleaseReader,
): Promise<HelmRevision[]> {
  const { address, cache, calls, entry } = reader.options;
  const clusterId = entry.cluster.id;
  const revisions = await reader.revisions();
  const summaries = new Map<string, ReleaseSummary>();
  const unknown = revisions.slice(0, MOST_READ).filter(stored => {
    const summary = cache.get(clusterId, stored);
    if (summary) {
      summaries.set(stored.uid, summary);
    }
    return !summary;
  });
  for await (const some of readSummaries(unknown, {
    ...{ cache, calls, clusterId },
    labelSelector: `owner=helm,name=${address.release}`,
    namespace: address.namespace,
    source: revisions[0].source,
  })) {
    some.forEach(({ stored, summary }) => summaries.set(stored.uid, summary));
  }
  return revisions.map(stored => revisionOf(stored, summaries.get(stored.uid)));
}
