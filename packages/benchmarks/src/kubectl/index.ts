import { Bench } from '../harness/types';
import { measureCredential } from './measureCredential';

/** `npm run bench -- kubectl`. */
export const kubectl: Bench = {
  name: 'kubectl',
  summary:
    'How long kubectl waits for a token that is in the cache, compared with starting Node.js.',
  sizes: { runs: 100 },
  run: async (progress, { runs }) => ({
    rows: await measureCredential(runs, progress),
    notes: [
      'Each row starts a process and waits for its end, one at a time and in turns. `kubectl-berth credential` prints a token from the cache. The ratio is the median over all turns of its time divided by the time of `node -e 0` in the same turn.',
    ],
  }),
};
