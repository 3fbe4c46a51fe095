import { Bench } from '../harness/types';
import { measureResources, ResourceSizes } from './measureResources';

/** `npm run bench -- resources`. */
export const resources: Bench = {
  name: 'resources',
  summary:
    'How long lists of pods over clusters take through the portal, compared with bare lists of the API servers.',
  sizes: {
    rounds: 10,
    pods: 1_000,
    namespaces: 10,
    clusters: 20,
    fleetPods: 2_500,
    fleetRounds: 5,
  },
  run: async (progress, sizes) => ({
    rows: await measureResources(sizes as unknown as ResourceSizes, progress),
    notes: [
      `The API servers, the portal and the client are processes of their own. The API servers answer at once over TLS with pods of about 9.5 kB, nearly half of them managed fields. A real API server takes longer to write whole pods than the Tables that the portal asks for, which this bench does not show. The bare lists read whole pods in pages of 500 from all clusters at the same time with one HTTP client, and parse them. The portal has the middleware of a Backstage backend; who may see what is decided at once. Ratios compare times, so less is better. The backend of Backstage's Kubernetes plugin is not measured: it needs a catalog with entities, and relays what the bare lists read.`,
      `The plain size of an admin's list counts only for clients that do not accept gzip; browsers do. Of about 205 bytes a row, the goal leaves 200: a row has its name twice, as a cell and as a field, because the cell of a custom resource may be another text. A portal lists 32 clusters at the same time. A cluster that answers nothing for a second no longer holds a place, so that frozen clusters delay others by at most a second; the portal gives a frozen cluster up 8 s after it asked.`,
    ],
  }),
};
