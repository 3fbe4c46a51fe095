import { Bench } from '../harness/types';
import { measurePeople } from './measurePeople';

/** `npm run bench -- people`. */
export const people: Bench = {
  name: 'people',
  summary:
    'How many tokens a portal mints for people who each ask once, compared with a route that only reads who is calling.',
  sizes: { people: 1_200, clusters: 10, rounds: 3, requests: 600, rate: 50 },
  run: async (
    progress,
    { people: count, clusters, rounds, requests, rate },
  ) => ({
    rows: await measurePeople(
      { people: count, clusters, rounds, requests, rate },
      progress,
    ),
    notes: [
      `\`POST /clusters/{name}/token\` over HTTP, of a Backstage backend with its catalog, its permission backend with a policy that allows everything, and PostgreSQL. ${count.toLocaleString(
        'en-US',
      )} people in nested groups, four levels deep, ask for tokens of ${clusters} clusters in turn, so that no person is asked for twice within some seconds, and no token is minted twice. A computer of each person, which signed in as kubectl-berth does, asks the same by \`POST /kubectl/session/credential\`. 32 requests run at a time; the CPU time is that of the backend's process, in which catalog and permission backend run too. The load of ${rate} a second does not wait for answers; its times begin when a request is due.`,
    ],
  }),
};
