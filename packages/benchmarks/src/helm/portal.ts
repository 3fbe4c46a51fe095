import { RequestHandler } from 'express';
import { createHelm } from '../backend';
import { address, listen, throughMiddleware } from '../http/listen';
import { ListedClusters, openLists } from '../portal/openLists';
import { ResidentSet } from '../process/ResidentSet';
import { serve } from '../process/serve';

/*
 * The list of releases of a portal in its own process, behind the middleware of a backend. Who may see what is decided
 * at once.
 */

const memory = new ResidentSet();
let create: () => RequestHandler;
let router: RequestHandler;

const service = {
  async start(clusters: ListedClusters): Promise<string> {
    // The list needs no other part of a portal.
    const parts = {
      ...openLists(clusters),
      configMapStorage: false,
    } as unknown as Parameters<typeof createHelm>[0];
    create = () => createHelm(parts);
    router = create();
    const server = await listen(
      throughMiddleware('/api/berth', (request, response, next) =>
        router(request, response, next),
      ),
    );
    return `${address(server)}/api/berth/helm/releases`;
  },

  /** Forgets all releases, but keeps the connections to the clusters. */
  forget(): void {
    router = create();
  },

  rest: () => memory.rest(),

  highest: () => memory.highest(),
};

export type HelmPortal = typeof service;

serve(service);
