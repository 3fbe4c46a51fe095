import { createTestCertificates } from '@berth/control-plane';
import { once } from 'node:events';
import { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { serve } from '../process/serve';
import { NAMESPACE, podName } from './names';

/*
 * An API server with pods whose logs it either has already, or writes line by line as containers do.
 */

/** Lines are written in small groups, as they arrive from a kubelet. */
const TICK_MS = 10;
/** Lines of a finished part that are written at a time. */
const BLOCK = 500;
const TEXT = `GET /api/orders/4711 200 12ms user=ada ${'x'.repeat(60)}`;

interface Order {
  pods: number;
  /** Of each pod. */
  perSecond: number;
}

/** What the next logs that are opened have. */
interface Content {
  /** Of each pod. */
  lines: number;
  /** Whether the lines are there at once. */
  atOnce: boolean;
}

let content: Content = { lines: 0, atOnce: true };
let rate = 0;

const service = {
  async start({ pods, perSecond }: Order) {
    rate = perSecond;
    const { caPem, certificatePem, privateKeyPem } =
      await createTestCertificates('bench');
    const server = createServer(
      { cert: certificatePem, key: privateKeyPem },
      ({ url = '' }, response) => {
        const { pathname } = new URL(url, 'https://x');
        if (pathname.endsWith('/log')) {
          response.setHeader('content-type', 'text/plain');
          response.flushHeaders();
          writeLog(response, content).catch(() => response.destroy());
          return;
        }
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answerTo(pathname, pods)));
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { apiServer: `https://127.0.0.1:${port}`, caPem };
  },

  /** Decides what the logs have that are opened from now on. */
  prepare(next: Content): void {
    content = next;
  },
};

async function writeLog(
  response: ServerResponse,
  { lines, atOnce }: Content,
): Promise<void> {
  const perTick = atOnce ? BLOCK : Math.max(1, (rate * TICK_MS) / 1_000);
  const began = performance.now();
  let written = 0;
  while (written < lines && !response.destroyed) {
    const due = atOnce
      ? written + perTick
      : Math.floor(((performance.now() - began) / TICK_MS) * perTick);
    const end = Math.min(lines, due);
    if (end > written && !response.write(blockOf(written, end))) {
      await once(response, 'drain');
    }
    written = Math.max(written, end);
    await (atOnce ? new Promise(setImmediate) : tick());
  }
  // A followed log has no end while its container runs.
}

function blockOf(from: number, to: number): string {
  const time = new Date().toISOString().slice(0, -1);
  return Array.from(
    { length: to - from },
    (_, index) =>
      `${time}${String((from + index) % 1_000_000).padStart(
        6,
        '0',
      )}Z ${Date.now()} ${TEXT}\n`,
  ).join('');
}

function tick(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, TICK_MS);
  });
}

function answerTo(pathname: string, pods: number): object {
  const name = pathname.split('/').pop()!;
  if (pathname.endsWith('/pods')) {
    return {
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: {},
      items: Array.from({ length: pods }, (_, index) => podOf(podName(index))),
    };
  }
  return pathname.includes('/pods/')
    ? podOf(name)
    : {
        kind: 'StatefulSet',
        apiVersion: 'apps/v1',
        metadata: { name, namespace: NAMESPACE, uid: 'set' },
        spec: { selector: { matchLabels: { app: 'checkout' } } },
      };
}

function podOf(name: string): object {
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      namespace: NAMESPACE,
      uid: `uid-of-${name}`,
      ownerReferences: [{ uid: 'set', controller: true }],
    },
    spec: { containers: [{ name: 'main', image: 'checkout:1' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'main',
          ready: true,
          restartCount: 0,
          containerID: `containerd://${name}`,
          state: { running: { startedAt: '2026-11-20T10:00:00Z' } },
        },
      ],
    },
  };
}

export type LogsApiServer = typeof service;

serve(service);
