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

/** An API server as seen without login. */
export interface Endpoint {
  /** The address that the name resolved to. */
  address: string;
  certificate: {
    subject: string;
    issuer: string;
    validTo: Date;
  };
  /** How far its clock is ahead of ours, in milliseconds. Undefined if it does not send the time. */
  clockAheadMs?: number;
}

export interface EndpointInspectorOptions {
  policy: AddressPolicy;
  /** Resolves names. The system's resolver by default. */
  lookup?: LookupFunction;
}

/** Inspects API servers without a credential. The same connection rules apply as for clients. */
export class EndpointInspector {
  readonly #options: EndpointInspectorOptions;

  static create(options: EndpointInspectorOptions): EndpointInspector {
    return new EndpointInspector(options);
  }

  /** Reads the allowed addresses. */
  static fromConfig(config: Config): EndpointInspector {
    return new EndpointInspector({ policy: AddressPolicy.fromConfig(config) });
  }

  private constructor(options: EndpointInspectorOptions) {
    this.#options = options;
  }

  /**
   * Opens a separate connection and reads only the headers of an answer.
   *
   * @throws KubeError with the reason why there is no trusted connection
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
      // The purpose is a trusted connection. The answer over it does not matter.
      if (connected) {
        return connected;
      }
      throw classifyFailure(error, url.host);
    } finally {
      await client.destroy();
    }
  }
}

/** Compares the `Date` header of any answer with the middle of the call's duration. */
async function readClock(
  client: Client,
  url: URL,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const path = `${url.pathname.replace(/\/+$/, '')}/version`;
  const first = await client.request({ method: 'GET', path, signal });
  await first.body.dump({ limit: MAX_BODY_BYTES });
  // The first call includes the time for the connection.
  const sentAt = Date.now();
  const { headers, body } = await client.request({
    method: 'GET',
    path,
    signal,
  });
  const receivedAt = Date.now();
  body.on('error', () => {}).destroy();
  const serverTime = Date.parse(String(headers.date));
  // The header has whole seconds, so half a second is missing on average.
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
