import { LookupFunction } from 'node:net';
import { Agent, Dispatcher } from 'undici';
import { AddressPolicy } from './AddressPolicy';
import { createConnector } from './createConnector';
import { KubeLimits } from './limits';
import { KubeTarget } from './types';

const IDLE_AFTER = 10 * 60_000;

interface Entry {
  agent: Agent;
  usedAt: number;
}

/** Watches have connections of their own, because they would leave none to the calls. */
export type Purpose = 'calls' | 'watches';

/**
 * The connection pools, for each API server and CA one for calls and one for watches, so that all clients of a cluster share its
 * connections and no client of another cluster can. A pool that nobody used for a while (the cluster is
 * gone, or has another CA now) is closed when the next one is opened.
 */
export class TargetAgents {
  readonly #policy: AddressPolicy;
  readonly #limits: KubeLimits;
  readonly #lookup?: LookupFunction;
  readonly #entries = new Map<string, Entry>();

  constructor(options: {
    policy: AddressPolicy;
    limits: KubeLimits;
    lookup?: LookupFunction;
  }) {
    this.#policy = options.policy;
    this.#limits = options.limits;
    this.#lookup = options.lookup;
  }

  /** For one request; the next one asks again. */
  get(target: KubeTarget, purpose: Purpose): Dispatcher {
    const now = Date.now();
    const key = `${purpose}\n${target.apiServer}\n${target.caPem}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      this.#closeIdle(now);
      entry = { agent: this.#open(target, purpose), usedAt: now };
      this.#entries.set(key, entry);
    }
    entry.usedAt = now;
    return entry.agent;
  }

  /** Ends all connections, also those in use. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(entry => entry.agent.destroy()));
  }

  #open(target: KubeTarget, purpose: Purpose): Agent {
    const limits = this.#limits;
    return new Agent({
      connect: createConnector({
        target,
        policy: this.#policy,
        timeout: limits.connectTimeout,
        lookup: this.#lookup,
      }),
      connections:
        purpose === 'watches' ? limits.maxWatches : limits.maxConnections,
      pipelining: 1,
      headersTimeout: limits.headersTimeout,
      bodyTimeout: limits.requestTimeout,
      maxHeaderSize: limits.maxHeaderBytes,
    });
  }

  #closeIdle(now: number) {
    for (const [key, { agent, usedAt }] of this.#entries) {
      if (now - usedAt > IDLE_AFTER) {
        this.#entries.delete(key);
        agent.destroy().catch(() => {});
      }
    }
  }
}
