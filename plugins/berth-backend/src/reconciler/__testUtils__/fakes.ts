import { ClusterRecord, ShareOutcome, ShareRecord } from '../../registry/types';
import { keyText } from '../keys';
import { Inventory, InventoryEntry, ObjectKey } from '../types';

export const CLUSTER: ClusterRecord = {
  id: '01JDKXCLUSTER0000000000000',
  name: 'prod01',
  apiServer: 'https://prod01.example.com:6443',
  caPem: 'the CA',
  connection: 'oidc',
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
  /** How often an outcome was written. */
  writes = 0;
  /** Thrown when the shares are read. */
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

  async replace(_clusterId: string, groups: string[]): Promise<ShareRecord[]> {
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
    outcome: ShareOutcome,
  ): Promise<void> {
    this.writes++;
    const share = this.#shares.get(group);
    if (share) {
      const { cause: _cause, message: _message, ...rest } = share;
      this.#shares.set(group, { ...rest, ...outcome });
    }
  }

  /** The state of a group's share, with its cause. */
  async state(group: string): Promise<string | undefined> {
    const share = this.#shares.get(group);
    return share && [share.state, share.cause].filter(Boolean).join(' ');
  }
}

/** The inventory in memory, for one cluster. */
export class FakeInventory implements Inventory {
  writes = 0;
  /** Called before each write; may throw. */
  before: (call: string) => void = () => {};
  readonly #entries = new Map<string, InventoryEntry>();

  async list(): Promise<InventoryEntry[]> {
    return structuredClone([...this.#entries.values()]);
  }

  async intend(_clusterId: string, key: ObjectKey): Promise<void> {
    this.#write('intend', key);
    if (!this.#entries.has(keyText(key))) {
      this.#entries.set(keyText(key), { ...key });
    }
  }

  async complete(
    _clusterId: string,
    key: ObjectKey,
    uid: string,
  ): Promise<void> {
    this.#write('complete', key);
    this.#entries.set(keyText(key), { ...key, uid });
  }

  async remove(_clusterId: string, key: ObjectKey): Promise<void> {
    this.#write('remove', key);
    this.#entries.delete(keyText(key));
  }

  #write(call: string, key: ObjectKey) {
    this.before(`${call} ${keyText(key)}`);
    this.writes++;
  }
}
