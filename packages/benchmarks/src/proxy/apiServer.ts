import { createTestCertificates } from '@berth/control-plane';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { serve } from '../process/serve';

/*
 * An API server in its own process that answers at once: what is measured is the way to it.
 */

const OBJECT = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'small', namespace: 'team-a', resourceVersion: '1' },
  data: { text: 'x'.repeat(800) },
});
const ITEM_BYTES = 1_000;
const LIST_BYTES = 1024 * 1024;

const LIST = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMapList',
  metadata: { resourceVersion: '1' },
  items: Array.from({ length: LIST_BYTES / ITEM_BYTES }, (_, index) => ({
    metadata: { name: `item-${index}` },
    data: { text: 'x'.repeat(ITEM_BYTES - 60) },
  })),
});

const service = {
  async start(): Promise<{ apiServer: string; caPem: string }> {
    const { caPem, certificatePem, privateKeyPem } =
      await createTestCertificates('bench');
    const server = createServer(
      { cert: certificatePem, key: privateKeyPem },
      ({ url = '' }, response) => {
        response.setHeader('content-type', 'application/json');
        if (url.includes('watch=true')) {
          response.flushHeaders();
        } else {
          response.end(url.endsWith('/small') ? OBJECT : LIST);
        }
      },
    );
    // Otherwise a server that is busy for long closes connections that wait.
    server.keepAliveTimeout = 60_000;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { apiServer: `https://127.0.0.1:${port}`, caPem };
  },
};

export type ApiServer = typeof service;

serve(service);
