import { Router } from 'express';
import { createResources } from '../backend';
import { address, listen, throughMiddleware } from '../http/listen';
import { openLists } from '../portal/openLists';
import { ResidentSet } from '../process/ResidentSet';
import { serve } from '../process/serve';

/*
 * The lists of a portal in its own process, behind the middleware of a backend. Who may see what is decided at once, so
 * that the lists are measured and not the decisions, which `bench -- mint` and `bench -- list` measure.
 */

interface Order {
  apiServers: string[];
  caPem: string;
  namespaces: number;
}

const memory = new ResidentSet();

const service = {
  async start({ apiServers, caPem, namespaces }: Order): Promise<string> {
    const names = Array.from(
      { length: namespaces },
      (_, index) => `team-${index}`,
    );
    const router = Router();
    router.use(
      createResources(
        // The lists need no other part of a portal.
        openLists({
          apiServers,
          caPem,
          namespaces: names,
        }) as unknown as Parameters<typeof createResources>[0],
      ),
    );
    const server = await listen(throughMiddleware('/api/berth', router));
    return `${address(server)}/api/berth/resources/core/pods`;
  },

  rest: () => memory.rest(),

  highest: () => memory.highest(),
};

export type ResourcesPortal = typeof service;

serve(service);
