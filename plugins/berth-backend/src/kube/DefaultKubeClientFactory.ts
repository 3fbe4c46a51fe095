import {
  AddressPolicy,
  DEFAULT_KUBE_LIMITS,
  KubeLimits,
  KubeTransport,
  openWebSocket,
  TargetAgents,
} from '@berth/plugin-berth-node';
import { Config } from '@backstage/config';
import { LookupFunction } from 'node:net';
import type { WebSocket } from 'ws';
import { DefaultKubeClient } from './DefaultKubeClient';
import {
  KubeAnswer,
  KubeClient,
  KubeClientFactory,
  KubeGateway,
  KubeOpenRequest,
  KubeSockets,
  KubeTarget,
  KubeWebSocketRequest,
  PersonClient,
  PersonClients,
} from './types';

/** The manager of the fields that the portal itself applies. */
export const FIELD_MANAGER = 'berth';

export interface KubeClientFactoryOptions {
  policy: AddressPolicy;
  /** The owner of the applied fields, and the user agent. */
  fieldManager: string;
  limits?: Partial<KubeLimits>;
  /** Resolves names. The system's resolver by default. */
  lookup?: LookupFunction;
}

/** Creates clients that share one connection pool per API server. */
export class DefaultKubeClientFactory
  implements KubeClientFactory, KubeGateway, KubeSockets, PersonClients
{
  readonly #fieldManager: string;
  readonly #limits: KubeLimits;
  readonly #agents: TargetAgents;

  static create(options: KubeClientFactoryOptions): DefaultKubeClientFactory {
    return new DefaultKubeClientFactory(options);
  }

  /** Reads the allowed addresses. */
  static fromConfig(config: Config): DefaultKubeClientFactory {
    return new DefaultKubeClientFactory({
      policy: AddressPolicy.fromConfig(config),
      fieldManager: FIELD_MANAGER,
    });
  }

  private constructor(options: KubeClientFactoryOptions) {
    this.#fieldManager = options.fieldManager;
    this.#limits = { ...DEFAULT_KUBE_LIMITS, ...options.limits };
    this.#agents = new TargetAgents({
      policy: options.policy,
      limits: this.#limits,
      lookup: options.lookup,
    });
  }

  create(target: KubeTarget, getToken: () => Promise<string>): KubeClient {
    return new DefaultKubeClient({
      transport: this.#transport(target, getToken),
      fieldManager: this.#fieldManager,
      limits: this.#limits,
    });
  }

  open(
    target: KubeTarget,
    token: string,
    request: KubeOpenRequest,
  ): Promise<KubeAnswer> {
    return this.#transport(target, async () => token).open(request);
  }

  forPerson(target: KubeTarget, token: string): PersonClient {
    const transport = this.#transport(target, async () => token);
    return {
      server: transport.server,
      request: request => transport.request({ ...request, purpose: 'proxy' }),
      open: ({ headers, stream = false, ...request }) =>
        transport.open({
          ...request,
          headers: { 'user-agent': this.#fieldManager, ...headers },
          purpose: stream ? 'proxyStreams' : 'proxy',
        }),
    };
  }

  connect(
    target: KubeTarget,
    token: string,
    request: KubeWebSocketRequest,
  ): Promise<WebSocket> {
    const connect = this.#agents.connector(target);
    return openWebSocket({ connect, request, target, token });
  }

  #transport(
    target: KubeTarget,
    getToken: () => Promise<string>,
  ): KubeTransport {
    return new KubeTransport({
      target,
      getToken,
      dispatcher: purpose => this.#agents.get(target, purpose),
      guard: () => this.#agents.guard(target),
      userAgent: this.#fieldManager,
      limits: this.#limits,
    });
  }

  async close(): Promise<void> {
    await this.#agents.close();
  }
}
