import { createTestCertificates } from '@berth/control-plane';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { serve } from '../process/serve';
import { releaseSecret } from './releaseSecret';

/*
 * Several API servers in one process that answer at once, with the same releases in each namespace.
 */

interface Order {
  clusters: number;
  namespaces: string[];
  /** In each namespace. */
  releases: number;
}

const frozen = new Set<number>();

const service = {
  async start({ clusters, namespaces, releases }: Order) {
    const { caPem, certificatePem, privateKeyPem } =
      await createTestCertificates('bench');
    const texts = new Map(
      namespaces.map(namespace => [namespace, textsOf(namespace, releases)]),
    );
    const apiServers = await Promise.all(
      Array.from({ length: clusters }, async (_, index) => {
        const server = createServer(
          { cert: certificatePem, key: privateKeyPem },
          ({ headers, url = '' }, response) => {
            if (frozen.has(index)) {
              return;
            }
            const [, namespace, name] =
              /namespaces\/([^/]+)\/secrets\/?([^?]*)/.exec(url) ?? [];
            const found = texts.get(namespace);
            const list = headers.accept?.includes('PartialObjectMetadataList')
              ? found?.metadata
              : found?.whole;
            const text = name ? found?.objects.get(name) : list;
            response.writeHead(text === undefined ? 404 : 200, {
              'content-type': 'application/json',
            });
            response.end(text ?? '{}');
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

  /** Lets one server answer nothing from now on, and any other answer again. */
  freeze(index: number): void {
    frozen.clear();
    frozen.add(index);
  },
};

function textsOf(namespace: string, releases: number) {
  const secrets = Array.from({ length: releases }, (_, index) => {
    const secret = releaseSecret({
      ...{ namespace, name: `web-${index}`, manifest: '' },
      ...{ revision: 1, revisions: 1 },
    });
    const metadata = {
      ...secret.metadata,
      uid: `uid-${namespace}-${index}`,
      resourceVersion: '1',
    };
    return { ...secret, metadata };
  });
  const listOf = (kind: string, items: object[]) =>
    JSON.stringify({ kind, metadata: { resourceVersion: '1' }, items });
  return {
    metadata: listOf(
      'PartialObjectMetadataList',
      secrets.map(({ metadata }) => ({ metadata })),
    ),
    whole: listOf('SecretList', secrets),
    objects: new Map(
      secrets.map(secret => [secret.metadata.name, JSON.stringify(secret)]),
    ),
  };
}

export type FakeClusters = typeof service;

serve(service);
