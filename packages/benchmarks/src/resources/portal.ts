import { Router } from 'express';
import {
  AddressPolicy,
  createResources,
  DefaultKubeClientFactory,
} from '../backend';
import { address, listen, throughMiddleware } from '../http/listen';
import { serve } from '../process/serve';

/*
 * The lists of a portal in its own process, behind the middleware of a backend. Who may see what is decided at once, so
 * that the lists are measured and not the decisions, which `bench -- mint` and `bench -- list` measure.
 */

const SAMPLE_MS = 10;

interface Order {
  apiServers: string[];
  caPem: string;
  namespaces: number;
}

let highest = 0;

const service = {
  async start({ apiServers, caPem, namespaces }: Order): Promise<string> {
    const clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    const clusters = apiServers.map((apiServer, index) => ({
      id: `id-${index}`,
      name: nameOf(index),
      revision: 1,
      status: { version: 'v1.30.0' },
      apiServer,
      caPem,
    }));
    const held = clusters.flatMap(cluster =>
      Array.from({ length: namespaces }, (_, index) => ({
        cluster,
        namespace: { name: `team-${index}` },
        grants: [{ shared: true }],
      })),
    );
    const router = Router();
    router.use(
      createResources({
        access: {
          caller: async (request: { headers: { authorization?: string } }) => ({
            person: {
              userRef: `user:default/${request.headers.authorization}`,
              admin: request.headers.authorization === 'Bearer admin',
            },
          }),
        },
        clients,
        deny: [],
        entries: {
          enterAll: async (_: unknown, names?: string[]) => ({
            entered: clusters
              .filter(({ name }) => !names || names.includes(name))
              .map(cluster => ({
                cluster,
                token: 'token',
                expiresAt: new Date(Date.now() + 600_000),
              })),
            refused: [],
          }),
        },
        namespaceAccess: {
          list: async (_: unknown, search: { clusters?: string[] }) => ({
            items: held.filter(
              ({ cluster: { name } }) =>
                !search.clusters || search.clusters.includes(name),
            ),
          }),
        },
        streams: { addPerson: () => () => {} },
        // The lists need no other part of a portal.
      } as unknown as Parameters<typeof createResources>[0]),
    );
    setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss);
    }, SAMPLE_MS).unref();
    const server = await listen(throughMiddleware('/api/berth', router));
    return `${address(server)}/api/berth/resources/core/pods`;
  },

  /** Returns the resident set after a collection, in bytes, and forgets the highest. */
  rest(): number {
    global.gc?.();
    highest = process.memoryUsage().rss;
    return highest;
  },

  /** Returns the highest resident set since `rest`, in bytes. */
  highest(): number {
    return highest;
  },
};

function nameOf(index: number): string {
  return `prod${String(index).padStart(2, '0')}`;
}

export type ResourcesPortal = typeof service;

serve(service);
