import { Bench } from '../harness/types';
import { measureProxy, ProxySizes } from './measureProxy';

/** `npm run bench -- proxy`. */
export const proxy: Bench = {
  name: 'proxy',
  summary:
    'How long requests of kubectl take through the portal, compared with the same requests to the API server.',
  sizes: {
    rounds: 10,
    gets: 2_000,
    lists: 100,
    connections: 4,
    watches: 1_000,
  },
  run: async (progress, sizes) => ({
    rows: await measureProxy(sizes as unknown as ProxySizes, progress),
    notes: [
      `${sizes.connections} connections of HTTP/1.1; the API server, the portal and the client are processes of their own, and the API server answers at once over TLS. The portal has the middleware of a Backstage backend and checks a token of RS256 for each request; client and portal speak plain HTTP. The bare relay is a process in the place of the portal that only passes requests on, with the same HTTP client and without middleware: it shows what the second exchange costs alone. The ratio of one object compares medians, so less is better; that of a list compares rates, so more is better. The memory is the resident set of the portal's process after a collection; a portal allows 64 streams of a cluster and 300 in all.`,
    ],
  }),
};
