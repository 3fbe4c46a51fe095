import { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Agent } from 'undici';
import { address, listen } from '../http/listen';
import { serve } from '../process/serve';

/*
 * The least that a process between two others does: it passes each request on, and the answer back.
 */

interface Target {
  apiServer: string;
  caPem: string;
}

const service = {
  async start({ apiServer, caPem }: Target): Promise<string> {
    const agent = new Agent({ connect: { ca: caPem } });
    const server = await listen((request, response) => {
      relay(request, response).catch(() => response.destroy());
    });
    return address(server);

    async function relay(request: IncomingMessage, response: ServerResponse) {
      const { statusCode, headers, body } = await agent.request({
        origin: apiServer,
        path: request.url!,
        method: 'GET',
        headers: { authorization: request.headers.authorization },
      });
      response.statusCode = statusCode;
      for (const name of ['content-type', 'content-length']) {
        const value = headers[name];
        if (value !== undefined) {
          response.setHeader(name, value);
        }
      }
      await pipeline(body, response);
    }
  },
};

export type Relay = typeof service;

serve(service);
