import { BerthApi, tokenProviderOf } from '@berth/plugin-berth-common';

/** A token that expires sooner may not last until its request is sent. */
const SPARE_MS = 60_000;

/** The time for which the names of clusters are cached. */
const NAMES_MS = 10_000;

interface CachedToken {
  token: Promise<string>;
  /** Milliseconds since the epoch; infinite while the token is fetched. */
  until: number;
}

export interface ClusterTokensOptions {
  berth: Pick<BerthApi, 'createToken' | 'listClusters'>;
  /** Entity ref of the signed-in person. */
  user: () => Promise<string>;
  now?: () => number;
}

/** Caches the signed-in person's tokens for clusters in memory, each until shortly before it expires. */
export class ClusterTokens {
  readonly #berth: ClusterTokensOptions['berth'];
  readonly #user: () => Promise<string>;
  readonly #now: () => number;
  readonly #tokens = new Map<string, CachedToken>();
  #names?: {
    user: string;
    byProvider: Promise<Map<string, string>>;
    since: number;
  };

  static create(options: ClusterTokensOptions): ClusterTokens {
    return new ClusterTokens(options);
  }

  private constructor({ berth, user, now = Date.now }: ClusterTokensOptions) {
    this.#berth = berth;
    this.#user = user;
    this.#now = now;
  }

  /**
   * @param provider - the provider of a cluster, as `tokenProviderOf` returns it
   * @throws Error if the person may not see the cluster, or if the token request fails
   */
  async get(provider: string): Promise<string> {
    const user = await this.#user();
    const key = `${user} ${provider}`;
    const known = this.#tokens.get(key);
    if (known && known.until > this.#now()) {
      return known.token;
    }
    const entry: CachedToken = {
      token: this.#fetch(user, provider).then(({ token, expiresAt }) => {
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

  async #fetch(user: string, provider: string) {
    const name = (await this.#namesOf(user)).get(provider);
    if (name === undefined) {
      throw new Error('the cluster is gone, or no longer shared with you');
    }
    return this.#berth.createToken(name);
  }

  #namesOf(user: string): Promise<Map<string, string>> {
    if (
      this.#names?.user !== user ||
      this.#names.since + NAMES_MS <= this.#now()
    ) {
      const names = {
        user,
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
