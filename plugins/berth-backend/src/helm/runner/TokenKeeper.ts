import { isRefusal } from './isRefusal';
import { HelmRun, HelmToken } from './types';

const SHORTEST_MS = 1_000;
/** The pause after a mint that failed. */
const RETRY_MS = 5_000;
/** A token is not used in its last seconds: the clock of the cluster can be ahead. */
const SPARE_MS = 5_000;

/**
 * Keeps the token of the person during a run. A token that is half used is replaced, also while helm only waits, so
 * that a person who has lost the right loses the run soon. Where the portal cannot ask for the next token, for example
 * while the catalog does not answer, it asks again as long as the current token lives.
 */
export class TokenKeeper {
  readonly #mint: HelmRun['token'];
  readonly #onLost: (error: unknown) => void;
  readonly #end = new AbortController();
  #current?: HelmToken & { renewAt: number };
  #minting?: Promise<HelmToken>;
  #timer?: NodeJS.Timeout;

  /** @param onLost - called once, if there is no next token */
  constructor(options: {
    mint: HelmRun['token'];
    onLost: (error: unknown) => void;
  }) {
    this.#mint = options.mint;
    this.#onLost = options.onLost;
  }

  /** @throws the reason why there is no token any more */
  async token(): Promise<HelmToken> {
    this.#end.signal.throwIfAborted();
    if (this.#current && Date.now() < this.#current.renewAt) {
      return this.#current;
    }
    this.#minting ??= this.#renew();
    return this.#minting;
  }

  close(reason: Error = new Error('The run is over')): void {
    clearTimeout(this.#timer);
    this.#end.abort(reason);
  }

  async #renew(): Promise<HelmToken> {
    try {
      const minted = await this.#mint(this.#end.signal);
      this.#end.signal.throwIfAborted();
      const lifetime = minted.expiresAt.getTime() - Date.now();
      return this.#keep(minted, Math.max(lifetime / 2, SHORTEST_MS));
    } catch (error) {
      if (!this.#end.signal.aborted) {
        if (this.#current && !isRefusal(error) && isUsable(this.#current)) {
          return this.#keep(this.#current, RETRY_MS);
        }
        this.close(error instanceof Error ? error : new Error(String(error)));
        this.#onLost(error);
      }
      throw this.#end.signal.reason;
    } finally {
      this.#minting = undefined;
    }
  }

  /** Uses a token for a time, and then asks for the next one. */
  #keep(token: HelmToken, milliseconds: number): HelmToken {
    this.#current = { ...token, renewAt: Date.now() + milliseconds };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.token().catch(() => {});
    }, milliseconds + 1);
    this.#timer.unref();
    return token;
  }
}

function isUsable({ expiresAt }: HelmToken): boolean {
  return Date.now() + RETRY_MS + SPARE_MS < expiresAt.getTime();
}
