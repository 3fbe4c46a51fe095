import { createTestCertificates } from '@berth/control-plane';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { serve } from '../process/serve';
import { podTexts } from './pods';

/*
 * Several API servers in one process that answer at once, with the same pods. The texts of the pods are made before,
 * so that what is measured is the way from the API server to the client, and not the API server.
 */

const DISCOVERY = JSON.stringify({
  kind: 'APIResourceList',
  groupVersion: 'v1',
  resources: [{ name: 'pods', kind: 'Pod', namespaced: true, verbs: ['list'] }],
});

interface Order {
  clusters: number;
  /** Of each cluster. */
  pods: number;
  namespaces: number;
}

const frozen = new Set<number>();

const service = {
  async start({ clusters, pods, namespaces }: Order) {
    const { caPem, certificatePem, privateKeyPem } =
      await createTestCertificates('bench');
    const texts = podTexts(pods, namespaces);
    const answers = new Map<string, Buffer>();
    const answerTo = (path: string): Buffer => {
      let answer = answers.get(path);
      if (!answer) {
        answer = Buffer.from(texts.answer(new URL(path, 'https://x')));
        answers.set(path, answer);
      }
      return answer;
    };
    const apiServers = await Promise.all(
      Array.from({ length: clusters }, async (_, index) => {
        const server = createServer(
          { cert: certificatePem, key: privateKeyPem },
          ({ headers, url = '' }, response) => {
            const table = headers.accept?.includes('as=Table') ?? false;
            if (frozen.has(index)) {
              return;
            }
            response.setHeader('content-type', 'application/json');
            response.end(
              url === '/api/v1'
                ? DISCOVERY
                : answerTo(`${url}${table ? '&table=1' : ''}`),
            );
          },
        );
        server.keepAliveTimeout = 60_000;
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      }),
    );
    return { apiServers, caPem };
  },

  /** Lets one server answer nothing from now on, or answer again. */
  freeze({ index, on }: { index: number; on: boolean }): void {
    if (on) {
      frozen.add(index);
    } else {
      frozen.delete(index);
    }
  },
};

export type ApiServers = typeof service;

serve(service);
