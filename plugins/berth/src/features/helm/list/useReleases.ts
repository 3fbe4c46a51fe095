import { useApi } from '@backstage/core-plugin-api';
import { HelmReleaseQuery } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  collectLines,
  StreamedList,
  useStreamedList,
  withoutRefused,
} from '../../../kit/listing';
import { ReleaseCollector, ReleaseListing } from './ReleaseCollector';

/** A list of releases that is kept up to date. */
export type PolledReleases = StreamedList<ReleaseListing>;

/**
 * Lists the Helm releases over clusters and namespaces, again while the page is visible.
 *
 * @param interval - the least milliseconds between two lists
 */
export function useReleases(
  query: HelmReleaseQuery,
  interval?: number,
): PolledReleases {
  const api = useApi(berthApiRef);
  return useStreamedList<ReleaseListing>({
    key: ['releases', query],
    section: 'releases',
    interval,
    load: ({ fetch, refusals }) => {
      const { previous, signal } = fetch;
      const collector = new ReleaseCollector(previous);
      return collectLines(collector, fetch, async onLine => {
        const asked = withoutRefused(query, previous, refusals);
        collector.remember(previous, refusals);
        if (asked) {
          for await (const line of api.listReleases(asked, { signal })) {
            collector.add(line);
            onLine();
          }
        }
      });
    },
  });
}
