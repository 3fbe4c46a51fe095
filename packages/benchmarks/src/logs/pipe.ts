import { ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { address, listen } from '../http/listen';
import { CpuMeter } from '../process/CpuMeter';
import { serve } from '../process/serve';
import { NAMESPACE, podName } from './names';

/*
 * The least that a process between an API server and a client does: it opens the logs of all pods, and passes their
 * bytes on in the order in which they arrive.
 */

interface Order {
  apiServer: string;
  caPem: string;
  pods: number;
}

const meter = new CpuMeter();

const service = {
  async start({ apiServer, caPem, pods }: Order): Promise<string> {
    const agent = new Agent({ connect: { ca: caPem } });
    const server = await listen((_, response) => {
      const left = new AbortController();
      response.once('close', () => left.abort());
      // All logs wait for the client together.
      response.setMaxListeners(pods + 10);
      Promise.all(
        [...Array(pods).keys()].map(index =>
          pass(podName(index), response, left.signal),
        ),
      ).catch(() => response.destroy());
    });
    return address(server);

    async function pass(
      pod: string,
      response: ServerResponse,
      signal: AbortSignal,
    ) {
      const { body } = await agent.request({
        origin: apiServer,
        path: `/api/v1/namespaces/${NAMESPACE}/pods/${pod}/log?follow=true&timestamps=true`,
        method: 'GET',
        signal,
      });
      for await (const chunk of body) {
        if (!response.write(chunk)) {
          await new Promise(resolve => response.once('drain', resolve));
        }
      }
    }
  },

  startMeter: () => meter.start(),
  usedTime: () => meter.used(),
};

export type LogPipe = typeof service;

serve(service);
