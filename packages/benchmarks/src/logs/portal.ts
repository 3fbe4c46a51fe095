import {
  AddressPolicy,
  createResources,
  DefaultKubeClientFactory,
} from '../backend';
import { address, listen, throughMiddleware } from '../http/listen';
import { CpuMeter } from '../process/CpuMeter';
import { serve } from '../process/serve';
import { NAMESPACE, SET } from './names';

/*
 * The logs of a portal in its own process, behind the middleware of a backend. Who may read them is decided at once.
 */

interface Order {
  apiServer: string;
  caPem: string;
}

const meter = new CpuMeter();

const service = {
  async start({ apiServer, caPem }: Order): Promise<string> {
    const clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    const router = createResources({
      access: {
        caller: async () => ({ person: { userRef: 'user:default/ada' } }),
      },
      auditor: {
        createEvent: async () => ({
          success: async () => {},
          fail: async () => {},
        }),
      },
      clients,
      deny: [],
      entries: {
        enter: async () => ({
          cluster: { id: 'id', name: 'prod', revision: 1, apiServer, caPem },
          token: 'token',
          expiresAt: new Date(Date.now() + 3_600_000),
        }),
      },
      streams: { addPerson: () => () => {}, addConnection: () => () => {} },
      // The logs need no other part of a portal.
    } as unknown as Parameters<typeof createResources>[0]);
    const server = await listen(throughMiddleware('/api/berth', router));
    return `${address(
      server,
    )}/api/berth/clusters/prod/objects/apps/statefulsets/${SET}/logs?namespace=${NAMESPACE}&follow=true`;
  },

  startMeter: () => meter.start(),
  usedTime: () => meter.used(),
};

export type LogsPortal = typeof service;

serve(service);
