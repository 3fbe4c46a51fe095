import { Bench } from '../harness/types';
import { measureTables } from './measureTables';

/** `npm run bench -- tables`. */
export const tables: Bench = {
  name: 'tables',
  summary:
    'How long people wait in the pages that list namespaces, with rows by the hundred, against the same page with twenty.',
  sizes: { namespaces: 1_000, rounds: 15 },
  run: async (progress, { namespaces, rounds }) => ({
    rows: await measureTables({ namespaces, rounds }, progress),
    notes: [
      `${namespaces.toLocaleString(
        'en-US',
      )} namespaces of one cluster, in a real portal with the app as it is built for production, in Chromium without a GPU. "Next page" is the time from the click until the rows of the next page are painted, with the answer of the API; "scroll" is the longest time between two frames while the rows go by, a screen at a time; "key" is the time from a key in the search field until it is painted there. The ratio is that of 20 rows by that of 100.`,
    ],
  }),
};
