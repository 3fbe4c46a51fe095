import { once } from 'node:events';
import { ClientRequest, get } from 'node:http';
import { serve } from '../process/serve';

/*
 * Clients with watches that stay open, in their own process.
 */

let open: ClientRequest[] = [];

interface Order {
  url: string;
  count: number;
  headers: Record<string, string>;
}

const service = {
  /** Opens watches, one after the other, and resolves once all are accepted. */
  async open({ url, count, headers }: Order): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const request = get(url, { headers, agent: false });
      open.push(request);
      const [response] = await once(request, 'response');
      if (response.statusCode !== 200) {
        throw new Error(`${url} answered ${response.statusCode}`);
      }
      response.on('error', () => {}).resume();
    }
  },

  async close(): Promise<void> {
    open.forEach(request => request.destroy());
    open = [];
  },
};

export type Watchers = typeof service;

serve(service);
