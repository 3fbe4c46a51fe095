import { BerthApi, tokenProviderOf } from '@berth/plugin-berth-common';

/** A token that ends sooner may not last until the request that it is for. */
const SPARE_MS = 60_000;

/** How long the names of clusters are remembered, and how soon an unknown one is asked for again. */
const NAMES_MS = 10_000;

interface CachedToken {
  token: Promise<string>;
  /** Milliseconds since the epoch; while it is fetched, for ever. */
  until: number;
}

export interface ClusterTokensOptions {
  berth: Pick<BerthApi, 'createToken' | 'listClusters'>;
  /** Entity ref of who is signed in. */
  user: () => Promise<string>;
  now?: () => number;
}

/** The signed-in person's tokens for clusters, each until shortly before it expires, in memory only. */
export class ClusterTokens {
  readonly #berth: ClusterTokensOptions['berth'];
  readonly #user: () => Promise<string>;
  readonly #now: () => number;
  readonly #tokens = new Map<string, CachedToken>();
  #names?: { byProvider: Promise<Map<string, string>>; since: number };

  static create(options: ClusterTokensOptions): ClusterTokens {
    return new ClusterTokens(options);
  }

  private constructor({ berth, user, now = Date.now }: ClusterTokensOptions) {
    this.#berth = berth;
    this.#user = user;
    this.#now = now;
  }

  /**
   * @param provider - as `tokenProviderOf` names it
   * @throws Error if the person may not see the cluster; what the request for the token failed with
   */
  async get(provider: string): Promise<string> {
    const key = `${await this.#user()} ${provider}`;
    const known = this.#tokens.get(key);
    if (known && known.until > this.#now()) {
      return known.token;
    }
    const entry: CachedToken = {
      token: this.#fetch(provider).then(({ token, expiresAt }) => {
        entry.until = Date.parse(expiresAt) - SPARE_MS;
        return token;
      }),
      until: Infinity,
    };
    this.#tokens.set(key, entry);
    entry.token.catch(() => {
      if (this.#tokens.get(key) === entry) {
        this.#tokens.delete(key);
      }
    });
    return entry.token;
  }

  async #fetch(provider: string) {
    const name = (await this.#namesOf()).get(provider);
    if (name === undefined) {
      throw new Error('the cluster is gone, or no longer shared with you');
    }
    return this.#berth.createToken(name);
  }

  #namesOf(): Promise<Map<string, string>> {
    if (!this.#names || this.#names.since + NAMES_MS <= this.#now()) {
      const names = {
        byProvider: this.#berth
          .listClusters()
          .then(
            ({ items }) =>
              new Map(
                items.map(cluster => [tokenProviderOf(cluster), cluster.name]),
              ),
          ),
        since: this.#now(),
      };
      this.#names = names;
      names.byProvider.catch(() => {
        if (this.#names === names) {
          this.#names = undefined;
        }
      });
    }
    return this.#names.byProvider;
  }
}
