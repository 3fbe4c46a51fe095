import { Bench } from '../harness/types';
import { measureTables } from './measureTables';

/** `npm run bench -- tables`. */
export const tables: Bench = {
  name: 'tables',
  summary:
    'How long people wait in the pages that list namespaces, with a hundred rows, compared with the same page with twenty.',
  sizes: { namespaces: 1_000, rounds: 15 },
  run: async (progress, { namespaces, rounds }) => ({
    rows: await measureTables({ namespaces, rounds }, progress),
    notes: [
      `${namespaces.toLocaleString(
        'en-US',
      )} namespaces of one cluster, in a real portal with the production build of the app, in Chromium without a GPU. "Next page" is the time from the click until the rows of the next page are painted, with the answer of the API; "scroll" is the longest time between two frames while the rows scroll by, an eighth of a screen at a time; "key" is the time from a key in the search field until it is painted there. The ratio is the time of 20 rows divided by the time of 100.`,
    ],
  }),
};
