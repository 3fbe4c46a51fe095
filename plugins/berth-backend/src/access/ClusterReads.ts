import { Batcher } from '../database/Batcher';
import {
  ClusterRecord,
  ClusterStore,
  ShareRecord,
  ShareStore,
} from '../model/clusters';

/** The largest number of clusters that are read at once. */
const BATCH = 100;

export interface ClusterReadsOptions {
  clusters: Pick<ClusterStore, 'list'>;
  shares: Pick<ShareStore, 'list'>;
}

/**
 * Reads clusters and shares for the requests that wait for them, in one query each. Nothing is kept: a read begins after
 * the request that asks for it.
 */
export class ClusterReads {
  readonly #clusters: Batcher<string, ClusterRecord | undefined>;
  readonly #shares: Batcher<string, ShareRecord[]>;

  constructor({ clusters, shares }: ClusterReadsOptions) {
    this.#clusters = new Batcher({
      maxSize: BATCH,
      run: async names => {
        const found = await clusters.list({ names: [...new Set(names)] });
        return names.map(name => found.find(it => it.name === name));
      },
    });
    this.#shares = new Batcher({
      maxSize: BATCH,
      run: async ids => {
        const found = await shares.list([...new Set(ids)]);
        return ids.map(id => found.filter(({ clusterId }) => clusterId === id));
      },
    });
  }

  get(name: string): Promise<ClusterRecord | undefined> {
    return this.#clusters.add(name);
  }

  sharesOf(clusterId: string): Promise<ShareRecord[]> {
    return this.#shares.add(clusterId);
  }
}
