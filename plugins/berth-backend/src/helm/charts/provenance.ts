import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ChartError } from './ChartError';
import { SharedRuns } from './SharedRuns';
import { RepositorySettings } from './types';

export const MAX_PROVENANCE_BYTES = 64 * 1024;
const MOST_KEPT = 1_000;
/** How long a chart that helm does not accept is not checked again. */
const REFUSED_MS = 60_000;
/** A packet of OpenPGP begins with a byte whose highest bit is set. */
const PACKET = 0x80;
const ARMOUR =
  /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n(?:[^\n]+\n)*?\n([A-Za-z0-9+/=\n]+?)(?:\n=[A-Za-z0-9+/]{4})?\n-----END PGP PUBLIC KEY BLOCK-----$/;

/** Verifies the signature of a chart. */
export interface VerifiesCharts {
  /**
   * Returns what is wrong; undefined if the signature is that of a key of the keyring.
   *
   * @throws the reason of `signal`
   */
  verify(
    chart: {
      fileName: string;
      archive: Buffer;
      provenance: Buffer;
      keyring: Buffer;
    },
    signal: AbortSignal,
  ): Promise<string | undefined>;
}

/** A version of a chart whose archive has the digest that the repository lists. */
export interface FetchedChart {
  repository: RepositorySettings;
  chart: string;
  version: string;
  archive: Buffer;
  digest: string;
}

export interface ChecksSignatures {
  /**
   * Checks equal charts once at a time.
   *
   * @throws ChartError if the repository has a keyring, and no key of it signed the chart; the reason of `signal`
   */
  check(
    chart: FetchedChart,
    fetchProvenance: () => Promise<Buffer>,
    signal: AbortSignal,
  ): Promise<void>;
}

/** Checks the signatures of charts, where their repository has a keyring. */
export class Signatures implements ChecksSignatures {
  readonly #create?: () => Promise<VerifiesCharts>;
  #verifier?: Promise<VerifiesCharts>;
  readonly #now: () => number;
  /** What was verified. */
  readonly #verified = new LRUCache<string, true>({ max: MOST_KEPT });
  /** What helm did not accept, and until when that counts. */
  readonly #refused = new LRUCache<
    string,
    { error: ChartError; until: number }
  >({ max: MOST_KEPT });
  readonly #checks = new SharedRuns<void>();

  /**
   * @param create - undefined in a portal without helm
   * @param now - for tests: the time now
   */
  constructor(
    create: (() => Promise<VerifiesCharts>) | undefined,
    now = Date.now,
  ) {
    this.#create = create;
    this.#now = now;
  }

  async check(
    fetched: FetchedChart,
    fetchProvenance: () => Promise<Buffer>,
    signal: AbortSignal,
  ): Promise<void> {
    const { repository, chart, version, digest } = fetched;
    const { keyring, name, url } = repository;
    if (keyring === undefined) {
      return;
    }
    const key = createHash('sha256')
      .update(JSON.stringify([name, url, keyring, chart, version, digest]))
      .digest('hex');
    if (this.#verified.has(key)) {
      return;
    }
    const refused = this.#refused.get(key);
    if (refused && this.#now() < refused.until) {
      throw refused.error;
    }
    await this.#checks.run(key, signal, async end => {
      const error = await this.#verify(
        { ...fetched, keyring },
        fetchProvenance,
        end,
      );
      if (error) {
        const until = this.#now() + REFUSED_MS;
        this.#refused.set(key, { error, until });
        throw error;
      }
      this.#verified.set(key, true);
    });
  }

  /**
   * Returns the error of a chart that helm does not accept.
   *
   * @throws ChartError if helm cannot be asked
   */
  async #verify(
    request: FetchedChart & { keyring: string },
    fetchProvenance: () => Promise<Buffer>,
    signal: AbortSignal,
  ): Promise<ChartError | undefined> {
    const { repository, chart, version, archive, keyring } = request;
    const fail = (why: string) =>
      new ChartError(
        `The repository ${
          repository.name
        } has a keyring, so that ${quoteUntrusted(chart)} ${quoteUntrusted(
          version,
        )} needs a signature: ${why}`,
      );
    if (!this.#create) {
      throw fail(
        'the portal has no helm to verify one. A platform admin can set berth.helm.binary',
      );
    }
    let provenance: Buffer;
    try {
      provenance = await fetchProvenance();
    } catch (error) {
      throw error instanceof ChartError
        ? fail(`the provenance file is not there. ${error.message}`)
        : error;
    }
    const verifier = await this.#start(this.#create);
    const problem = await verifier.verify(
      {
        fileName: `${chart}-${version}.tgz`,
        archive,
        provenance,
        keyring: Buffer.from(keyring, 'base64'),
      },
      signal,
    );
    return problem === undefined
      ? undefined
      : fail(`helm does not accept it: ${quoteUntrusted(problem)}`);
  }

  async #start(create: () => Promise<VerifiesCharts>): Promise<VerifiesCharts> {
    this.#verifier ??= create();
    try {
      return await this.#verifier;
    } catch (error) {
      // The next call tries again.
      this.#verifier = undefined;
      throw error;
    }
  }
}

/** Reads public keys in the armour of PGP, or in base64. helm reads them without armour only. */
export function readKeyring(typed: string): Buffer | undefined {
  const text = typed.replaceAll('\r', '').trim();
  const base64 = (ARMOUR.exec(text)?.[1] ?? text).replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return undefined;
  }
  const keyring = Buffer.from(base64, 'base64');
  // eslint-disable-next-line no-bitwise
  return keyring.length > 0 && (keyring[0] & PACKET) !== 0
    ? keyring
    : undefined;
}
