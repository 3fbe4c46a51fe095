import {
  AddressPolicy,
  classifyFailure,
  createConnector,
  DEFAULT_KUBE_LIMITS,
  KubeError,
} from '@berth/plugin-berth-node';
import { Config } from '@backstage/config';
import { LookupFunction } from 'node:net';
import { PeerCertificate, TLSSocket } from 'node:tls';
import { Client } from 'undici';
import { KubeCallOptions, KubeTarget } from './types';

const MAX_BODY_BYTES = 64 * 1024;

/** What is seen of an API server before anybody has logged in. */
export interface Endpoint {
  /** The address that its name resolved to. */
  address: string;
  certificate: {
    subject: string;
    issuer: string;
    validTo: Date;
  };
  /** By how much its clock is ahead of ours, in milliseconds; undefined if it does not tell the time. */
  clockAheadMs?: number;
}

export interface EndpointInspectorOptions {
  policy: AddressPolicy;
  /** Resolves names; the system's resolver by default. */
  lookup?: LookupFunction;
}

/** Looks at API servers without a credential, under the same rules as clients connect. */
export class EndpointInspector {
  readonly #options: EndpointInspectorOptions;

  static create(options: EndpointInspectorOptions): EndpointInspector {
    return new EndpointInspector(options);
  }

  /** Reads which addresses are allowed. */
  static fromConfig(config: Config): EndpointInspector {
    return new EndpointInspector({ policy: AddressPolicy.fromConfig(config) });
  }

  private constructor(options: EndpointInspectorOptions) {
    this.#options = options;
  }

  /**
   * Opens a connection of its own and asks for nothing but the headers of an answer.
   *
   * @throws KubeError with what stood in the way of a trusted connection
   */
  async inspect(
    target: KubeTarget,
    { signal }: KubeCallOptions = {},
  ): Promise<Endpoint> {
    const url = new URL(target.apiServer);
    const connect = createConnector({
      target,
      policy: this.#options.policy,
      timeout: DEFAULT_KUBE_LIMITS.connectTimeout,
      lookup: this.#options.lookup,
    });
    let connected: Endpoint | undefined;
    const client = new Client(url.origin, {
      connect: (connection, callback) =>
        connect(connection, (error, socket) => {
          if (error) {
            callback(error, null);
            return;
          }
          if (socket instanceof TLSSocket) {
            connected = {
              address: socket.remoteAddress ?? url.hostname,
              certificate: describe(socket.getPeerCertificate()),
            };
          }
          callback(null, socket);
        }),
      maxHeaderSize: DEFAULT_KUBE_LIMITS.maxHeaderBytes,
      headersTimeout: DEFAULT_KUBE_LIMITS.connectTimeout,
    });
    try {
      const clockAheadMs = await readClock(client, url, signal);
      if (connected) {
        return { ...connected, clockAheadMs };
      }
      throw new KubeError('TLS', `${url.host} was not reached by TLS`);
    } catch (error) {
      signal?.throwIfAborted();
      // A trusted connection is what was looked for; what is said over it is not.
      if (connected) {
        return connected;
      }
      throw classifyFailure(error, url.host);
    } finally {
      await client.destroy();
    }
  }
}

/** The `Date` header of any answer at all, against the middle of the time that it took. */
async function readClock(
  client: Client,
  url: URL,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const path = `${url.pathname.replace(/\/+$/, '')}/version`;
  const first = await client.request({ method: 'GET', path, signal });
  await first.body.dump({ limit: MAX_BODY_BYTES });
  // The first one took the time of the connection, too.
  const sentAt = Date.now();
  const { headers, body } = await client.request({
    method: 'GET',
    path,
    signal,
  });
  const receivedAt = Date.now();
  body.on('error', () => {}).destroy();
  const serverTime = Date.parse(String(headers.date));
  // The header has whole seconds, so on average half a second is missing.
  return Number.isNaN(serverTime)
    ? undefined
    : serverTime + 500 - (sentAt + receivedAt) / 2;
}

function describe({ subject, issuer, valid_to }: PeerCertificate) {
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validTo: new Date(valid_to),
  };
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  return String(name?.CN ?? name?.O ?? 'no name');
}
