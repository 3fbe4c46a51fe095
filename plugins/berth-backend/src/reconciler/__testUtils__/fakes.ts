import { LoggerService } from '@backstage/backend-plugin-api';
import { PodSecurityWait } from '@berth/plugin-berth-common';
import { mockServices } from '@backstage/backend-test-utils';
import { ActivityLog } from '../../audit/types';
import { KubeClient } from '../../kube';
import { ClusterRecord, ShareRecord } from '../../model/clusters';
import { Outcome } from '../../model/outcome';
import { PodSecurityGate } from '../podSecurity/PodSecurityGate';
import { PodSecurityStore } from '../podSecurity/types';
import { HoldStore } from '../breaker/DatabaseHoldStore';
import { DeletionBreaker } from '../breaker/DeletionBreaker';
import { Hold } from '../breaker/hold';
import { ClusterReconciler } from '../ClusterReconciler';
import { PullSecretParts } from '../pullSecrets/createPullSecretParts';
import { PullSecretFence } from '../pullSecrets/PullSecretFence';
import { PullSecretGate } from '../pullSecrets/PullSecretGate';
import { PullSecrets } from '../pullSecrets/PullSecrets';
import { PullSecretVersion, PullSecretVersions } from '../pullSecrets/types';
import { FormerBindings } from '../former/DatabaseFormerBindings';
import { FormerClusters } from '../former/DatabaseFormerClusters';
import { keyText } from '../keys';
import { Lease } from '../leases/types';
import { ReconcilerMetrics } from '../metrics/types';
import { ReadingObserver } from '../ReadingObserver';
import {
  FencingToken,
  Inventory,
  InventoryEntry,
  ObjectKey,
  Observer,
  OutcomeStore,
  Tenants,
  TenantSource,
} from '../types';

export const CLUSTER: ClusterRecord = {
  id: '01JDKXCLUSTER0000000000000',
  name: 'prod01',
  apiServer: 'https://prod01.example.com:6443',
  caPem: 'the CA',
  connection: 'oidc',
  kubectlVia: 'direct',
  usernamePrefix: '',
  groupsPrefix: '',
  owner: 'api',
  revision: 1,
  status: { state: 'Connected' },
  createdAt: '2026-11-21T00:00:00.000Z',
  updatedAt: '2026-11-21T00:00:00.000Z',
};

/** Shares in memory, for one cluster. */
export class FakeShares {
  /** The number of outcomes that were written. */
  writes = 0;
  /** An error to throw when the shares are read. */
  failure?: Error;
  readonly #clusterId: string;
  readonly #shares = new Map<string, ShareRecord>();

  constructor(clusterId = CLUSTER.id) {
    this.#clusterId = clusterId;
  }

  async list(): Promise<ShareRecord[]> {
    if (this.failure) {
      throw this.failure;
    }
    return structuredClone([...this.#shares.values()]);
  }

  async replace(
    _clusterId: string,
    groups: string[],
    groupUid?: string,
  ): Promise<ShareRecord[]> {
    for (const group of this.#shares.keys()) {
      if (!groups.includes(group)) {
        this.#shares.delete(group);
      }
    }
    for (const group of groups) {
      if (!this.#shares.has(group)) {
        this.#shares.set(group, {
          clusterId: this.#clusterId,
          group,
          kubernetesName: group.split('/')[1],
          namespace: group.split('/')[1],
          ...(groupUid !== undefined && { groupUid }),
          state: 'Pending',
          since: '2026-11-21T00:00:00.000Z',
        });
      }
    }
    return this.list();
  }

  async setOutcome(
    _clusterId: string,
    group: string,
    outcome: Outcome,
  ): Promise<void> {
    this.writes++;
    const share = this.#shares.get(group);
    if (share) {
      const { cause: _cause, message: _message, ...rest } = share;
      this.#shares.set(group, { ...rest, ...outcome });
    }
  }

  /** Returns the state of a group's share, with its cause. */
  async state(group: string): Promise<string | undefined> {
    const share = this.#shares.get(group);
    return share && [share.state, share.cause].filter(Boolean).join(' ');
  }
}

/** Records outcomes in shares in memory. */
export function outcomesIn(shares: FakeShares): OutcomeStore {
  return {
    record: async (fencingToken, outcomes) => {
      for (const { subject, outcome } of outcomes) {
        if (subject.type === 'share') {
          await shares.setOutcome(
            fencingToken.clusterId,
            subject.group,
            outcome,
          );
        }
      }
    },
  };
}

/** The inventory in memory, for one cluster. */
export class FakeInventory implements Inventory {
  /** The number of entries that were written. */
  writes = 0;
  /** Called before each write; may throw. */
  before: (call: string) => void = () => {};
  readonly #entries = new Map<string, InventoryEntry>();

  async list(): Promise<InventoryEntry[]> {
    return structuredClone([...this.#entries.values()]);
  }

  async intend(_fence: FencingToken, keys: ObjectKey[]): Promise<void> {
    this.before(`intend ${keys.map(keyText)}`);
    this.writes += keys.length;
    for (const key of keys) {
      if (!this.#entries.has(keyText(key))) {
        this.#entries.set(keyText(key), { ...key });
      }
    }
  }

  async record(
    _fence: FencingToken,
    { exist, gone }: Parameters<Inventory['record']>[1],
  ): Promise<void> {
    this.before(`record ${[...exist, ...gone].map(keyText)}`);
    this.writes += exist.length + gone.length;
    exist.forEach(entry => {
      const { kind, name, uid } = entry;
      const before = this.#entries.get(keyText(entry))?.uid;
      if (kind === 'Namespace' && before !== undefined && before !== uid) {
        this.#forgetUidsIn(name);
      }
      this.#entries.set(keyText(entry), { ...entry });
    });
    gone.forEach(key => this.#entries.delete(keyText(key)));
  }

  #forgetUidsIn(namespace: string): void {
    for (const [text, { uid: _uid, ...key }] of this.#entries) {
      if (key.namespace === namespace) {
        this.#entries.set(text, key);
      }
    }
  }
}

/** The held deletions in memory, for one cluster. */
export class FakeHolds implements HoldStore {
  #hold?: Hold;

  async get(): Promise<Hold | undefined> {
    return this.#hold;
  }

  async set(_fence: FencingToken, hold: Hold | undefined): Promise<void> {
    this.#hold = hold;
  }

  async confirm(_clusterId: string, hold: Hold): Promise<void> {
    this.#hold = hold;
  }
}

/** The waits of one cluster in memory. */
export class FakePodSecurity implements PodSecurityStore {
  waits: PodSecurityWait[] = [];
  /** The cluster that has the turn. */
  turnOf?: string;
  /** The calls that take or end the turn. */
  readonly turns: ('take' | 'end')[] = [];

  async list() {
    return this.waits;
  }

  async replace(_fence: FencingToken, waits: PodSecurityWait[]) {
    const before = this.waits;
    this.waits = waits.map(wait => ({
      ...wait,
      confirmedBy: before.find(
        one => one.namespace === wait.namespace && one.level === wait.level,
      )?.confirmedBy,
    }));
  }

  async takeTurn() {
    this.turns.push('take');
    return this.turnOf;
  }

  async turn() {
    return this.turnOf === undefined
      ? undefined
      : { clusterId: this.turnOf, seenAt: new Date(0).toISOString() };
  }

  async endTurn() {
    this.turns.push('end');
  }

  async confirm(
    _clusterId: string,
    wanted: { level: string; namespaces: string[] },
    by: string,
  ) {
    const found = this.waits.filter(
      ({ level, namespace }) =>
        level === wanted.level && wanted.namespaces.includes(namespace),
    );
    found.forEach(one => Object.assign(one, { confirmedBy: by }));
    return found.map(({ namespace }) => namespace);
  }
}

/** The versions of pull secrets in memory, for one cluster. */
export class FakePullSecretVersions implements PullSecretVersions {
  versions: PullSecretVersion[] = [];
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async list() {
    return this.versions;
  }

  async record(
    _fence: FencingToken,
    version: Omit<PullSecretVersion, 'writtenAt'>,
  ) {
    await this.forget(_fence, version);
    const writtenAt = new Date(this.#now()).toISOString();
    this.versions.push({ ...version, writtenAt });
  }

  async forget(
    _fence: FencingToken,
    { namespace, name }: Pick<PullSecretVersion, 'namespace' | 'name'>,
  ) {
    this.versions = this.versions.filter(
      one => one.namespace !== namespace || one.name !== name,
    );
  }
}

/** Creates the parts for pull secrets; without options there are none. */
export function fakePullSecrets({
  secrets = PullSecrets.create([], {
    encryptionSecrets: ['x'.repeat(32)],
    logger: mockServices.logger.mock(),
  }),
  versions = new FakePullSecretVersions(),
  now = Date.now,
}: {
  secrets?: PullSecrets;
  versions?: PullSecretVersions;
  now?: () => number;
} = {}): PullSecretParts {
  const gate = new PullSecretGate({
    secrets,
    versions,
    fence: new PullSecretFence(now),
    now: () => new Date(now()),
  });
  return { secrets, versions, gate };
}

/** Creates a lease that is held until `end` is called. */
export function fakeLease(
  clusterId = CLUSTER.id,
): Lease & { end: (error: Error) => void } {
  const abort = new AbortController();
  return {
    clusterId,
    holder: '01JDKXREPLICA0000000000000',
    token: 1,
    signal: abort.signal,
    age: () => 0,
    assertHeld: () => abort.signal.throwIfAborted(),
    end: error => abort.abort(error),
  };
}

export const NO_METRICS: ReconcilerMetrics = {
  writesTo: () => ({ wrote: () => {} }),
  planned: () => {},
  passed: () => {},
  held: () => {},
  forget: () => {},
};

/** No namespaces, grants or quotas next to the shares. */
export const NO_TENANTS: Tenants = { namespaces: [], grants: [], quotas: [] };

/** An activity log that drops everything. */
export const NO_ACTIVITY: Pick<ActivityLog, 'record'> = {
  record: async () => {},
};

export function testReconciler(options: {
  shares: FakeShares;
  inventory: FakeInventory;
  client: KubeClient;
  logger?: LoggerService;
  holds?: FakeHolds;
  leftoverHolds?: FakeHolds;
  podSecurity?: PodSecurityStore | PodSecurityGate;
  pullSecrets?: PullSecretParts;
  formers?: FormerClusters;
  formerBindings?: FormerBindings;
  now?: () => number;
  metrics?: ReconcilerMetrics;
  activity?: Pick<ActivityLog, 'record'>;
  observer?: Observer;
  tenants?: TenantSource;
  forgetMs?: number;
}): ClusterReconciler {
  const { shares, now = Date.now } = options;
  return new ClusterReconciler({
    shares,
    tenants: options.tenants ?? { read: async () => NO_TENANTS },
    inventory: options.inventory,
    outcomes: outcomesIn(shares),
    activity: options.activity ?? NO_ACTIVITY,
    observer: options.observer ?? new ReadingObserver(),
    formers: options.formers ?? { of: async () => [] },
    formerBindings: options.formerBindings ?? {
      of: async () => [],
      settle: async () => {},
    },
    connect: () => options.client,
    breaker: new DeletionBreaker({
      store: options.holds ?? new FakeHolds(),
      now: () => new Date(now()),
    }),
    leftoverBreaker: new DeletionBreaker({
      store: options.leftoverHolds ?? new FakeHolds(),
      now: () => new Date(now()),
    }),
    podSecurity:
      options.podSecurity instanceof PodSecurityGate
        ? options.podSecurity
        : new PodSecurityGate(
            options.podSecurity ?? new FakePodSecurity(),
            () => new Date(now()),
          ),
    pullSecrets: options.pullSecrets ?? fakePullSecrets(),
    metrics: options.metrics ?? NO_METRICS,
    logger: options.logger ?? mockServices.logger.mock(),
    forgetMs: options.forgetMs ?? 0,
  });
}
