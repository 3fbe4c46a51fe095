import { LookupFunction } from 'node:net';
import { Agent, buildConnector, Dispatcher } from 'undici';
import { AddressPolicy } from './AddressPolicy';
import { createConnector } from './createConnector';
import { KubeLimits } from './limits';
import { TargetGuard } from './TargetGuard';
import { KubeTarget } from './types';

const IDLE_AFTER = 10 * 60_000;

interface Used<T> {
  value: T;
  usedAt: number;
}

/**
 * Each purpose has its own connections. Watches would otherwise use up those of the calls, and requests that the
 * portal passes on for people would use up those of the portal itself.
 *
 * @public
 */
export type Purpose = 'calls' | 'watches' | 'proxy' | 'proxyStreams';

/**
 * The connections and guards of API servers. All clients of one API server and CA share a pool of connections for
 * each purpose, and a guard; clients of another server or CA never do. Opening a pool closes those that
 * were unused for a while, because the cluster was deleted or has another CA.
 *
 * @public
 */
export class TargetAgents {
  readonly #policy: AddressPolicy;
  readonly #limits: KubeLimits;
  readonly #lookup?: LookupFunction;
  readonly #agents = new Map<string, Used<Agent>>();
  readonly #guards = new Map<string, Used<TargetGuard>>();

  constructor(options: {
    policy: AddressPolicy;
    limits: KubeLimits;
    lookup?: LookupFunction;
  }) {
    this.#policy = options.policy;
    this.#limits = options.limits;
    this.#lookup = options.lookup;
  }

  /** Returns the pool for one request; the next request must call this again. */
  get(target: KubeTarget, purpose: Purpose): Dispatcher {
    const now = Date.now();
    const key = `${purpose}\n${keyOf(target)}`;
    let entry = this.#agents.get(key);
    if (!entry) {
      this.#closeIdle(now);
      entry = { value: this.#open(target, purpose), usedAt: now };
      this.#agents.set(key, entry);
    }
    entry.usedAt = now;
    return entry.value;
  }

  /** Returns the function that opens sockets to a server, for a connection outside the pools. */
  connector(target: KubeTarget): buildConnector.connector {
    return createConnector({
      target,
      policy: this.#policy,
      timeout: this.#limits.connectTimeout,
      lookup: this.#lookup,
    });
  }

  /** Returns the guard for one request; the next request must call this again. */
  guard(target: KubeTarget): TargetGuard {
    const now = Date.now();
    const key = keyOf(target);
    let entry = this.#guards.get(key);
    if (!entry) {
      const server = new URL(target.apiServer).host;
      const guard = new TargetGuard({ server, limits: this.#limits });
      entry = { value: guard, usedAt: now };
      this.#guards.set(key, entry);
    }
    entry.usedAt = now;
    return entry.value;
  }

  /** Closes all connections, including those in use. */
  async close(): Promise<void> {
    const agents = [...this.#agents.values()];
    this.#agents.clear();
    await Promise.all(agents.map(({ value }) => value.destroy()));
  }

  #open(target: KubeTarget, purpose: Purpose): Agent {
    const limits = this.#limits;
    return new Agent({
      connect: this.connector(target),
      connections: connectionsFor(purpose, limits),
      pipelining: 1,
      headersTimeout: limits.headersTimeout,
      bodyTimeout: limits.requestTimeout,
      maxHeaderSize: limits.maxHeaderBytes,
    });
  }

  #closeIdle(now: number) {
    for (const [key, { value, usedAt }] of this.#agents) {
      if (now - usedAt > IDLE_AFTER) {
        this.#agents.delete(key);
        value.destroy().catch(() => {});
      }
    }
    for (const [key, { usedAt }] of this.#guards) {
      if (now - usedAt > IDLE_AFTER) {
        this.#guards.delete(key);
      }
    }
  }
}

function connectionsFor(purpose: Purpose, limits: KubeLimits): number {
  switch (purpose) {
    case 'watches':
      return limits.maxWatches;
    case 'proxy':
      return limits.maxProxyConnections;
    case 'proxyStreams':
      return limits.maxProxyStreams;
    default:
      return limits.maxConnections;
  }
}

function keyOf({ apiServer, caPem }: KubeTarget): string {
  return `${apiServer}\n${caPem}`;
}
