import { seconds } from '../harness/measureRounds';
import { median, ratio } from '../harness/statistics';
import { Bench } from '../harness/types';
import { GROUPS_OF_A_CLUSTER } from '../portal/fillPortal';
import { openDatabase } from '../portal/openDatabase';
import { CatalogSizes, measureCatalog } from './measureCatalog';

/** `npm run bench -- catalog`. */
export const catalog: Bench = {
  name: 'catalog',
  summary:
    'How long the entity provider takes to follow many namespaces, compared with a client that only reads the pages.',
  sizes: { clusters: 100, namespaces: 1_000, rounds: 2, changes: 100 },
  run: async (progress, sizes) => {
    const database = await openDatabase();
    try {
      const taken = await measureCatalog(
        database,
        sizes as unknown as CatalogSizes,
        progress,
      );
      const { bare, written } = taken;
      const all = sizes.clusters * (sizes.namespaces + GROUPS_OF_A_CLUSTER + 1);
      const row = (
        what: string,
        pass: 'first' | 'again' | 'changed',
        expected: number,
      ) => ({
        what: `${what}: ${written[pass].toLocaleString('en-US')} entities`,
        median: seconds(median(taken[pass])),
        ratio: ratio(bare, taken[pass]),
        goal: {
          text: `${expected.toLocaleString('en-US')} entities`,
          met: written[pass] === expected,
        },
      });
      return {
        rows: [
          { what: 'bare reading of all pages', median: seconds(median(bare)) },
          row('first pass', 'first', all),
          row('pass without changes', 'again', 0),
          row('pass after changes', 'changed', sizes.changes),
        ],
        notes: [
          `${all.toLocaleString('en-US')} entities: ${
            sizes.clusters
          } clusters, and the namespaces on them, with 3 grants each or the homes of groups, in ${
            database.title
          }, ${
            sizes.rounds
          } rounds; client and server are one process. The entities that the provider passes to the catalog are counted; the work of the catalog is not measured.`,
        ],
      };
    } finally {
      await database.drop();
    }
  },
};
