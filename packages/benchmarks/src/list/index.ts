import { Bench, Row } from '../harness/types';
import { openEach } from '../portal/openDatabase';
import { ListSizes, measureList } from './measureList';

/** `npm run bench -- list`. */
export const list: Bench = {
  name: 'list',
  summary:
    'How long `GET /namespaces` takes with filters, orders and pages over many namespaces, compared with a route of the same backend that only reads who is calling.',
  sizes: { clusters: 100, namespaces: 1_000, rounds: 10, requests: 200 },
  run: async (progress, sizes) => {
    const rows: Row[] = [];
    for (const database of await openEach()) {
      try {
        rows.push(
          ...(await measureList(
            database,
            sizes as unknown as ListSizes,
            progress,
          )),
        );
      } finally {
        await database.drop();
      }
    }
    return {
      rows,
      notes: [
        `${(sizes.clusters * sizes.namespaces).toLocaleString(
          'en-US',
        )} namespaces on ${
          sizes.clusters
        } clusters, each with 3 grants and a quota, for 20 groups of each cluster; the member is in two of them; pages of 20 rows, the default of the portal; 20 connections of another process to a Backstage backend, which checks the person's token for each request; no permission is denied. The count of all namespaces is ten seconds old at most. The median and p99 are of all requests; the ratio is the p95 divided by that of the empty route in the same round, so less is better.`,
      ],
    };
  },
};
