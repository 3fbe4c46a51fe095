import { useApi } from '@backstage/core-plugin-api';
import { ChartAddress, ChartVersion } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, readPages, usePolled } from '../query';

/** The API returns no more versions in a page. */
const PAGE = 100;
/** More versions make the choice slow. The page of the chart lists all. */
const MOST_VERSIONS = 1_000;

/** The versions of a chart that a person can choose. */
export interface ChartVersions {
  /** The latest first. */
  items: ChartVersion[];
  /** The latest version that is no pre-release, or else the latest one. */
  latest: string;
}

/** Loads the latest versions of a chart. */
export function useChartVersions(address: ChartAddress): Polled<ChartVersions> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['chart', address, 'versions', 'offered'],
    load: async () => {
      const [chart, items] = await Promise.all([
        api.getChart(address),
        readPages(MOST_VERSIONS, page =>
          api.listChartVersions(address, { limit: PAGE, ...page }),
        ),
      ]);
      return {
        // A version that the repository adds meanwhile may move another one to the next page.
        items: [...new Map(items.map(one => [one.version, one])).values()],
        latest: chart.version,
      };
    },
  });
}
