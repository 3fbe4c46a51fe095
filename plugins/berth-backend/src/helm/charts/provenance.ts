import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ChartError } from './ChartError';
import { RepositorySettings } from './types';

export const MAX_PROVENANCE_BYTES = 64 * 1024;
const MOST_KEPT = 1_000;
/** A packet of OpenPGP begins with a byte whose highest bit is set. */
const PACKET = 0x80;
const ARMOUR =
  /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n(?:[^\n]+\n)*?\n([A-Za-z0-9+/=\n]+?)(?:\n=[A-Za-z0-9+/]{4})?\n-----END PGP PUBLIC KEY BLOCK-----$/;

/** Verifies the signature of a chart. */
export interface VerifiesCharts {
  /** Returns what is wrong; undefined if the signature is that of a key of the keyring. */
  verify(chart: {
    fileName: string;
    archive: Buffer;
    provenance: Buffer;
    keyring: Buffer;
  }): Promise<string | undefined>;
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
  /** @throws ChartError if the repository has a keyring, and no key of it signed the chart */
  check(
    chart: FetchedChart,
    fetchProvenance: () => Promise<Buffer>,
  ): Promise<void>;
}

/** Checks the signatures of charts, where their repository has a keyring. */
export class Signatures implements ChecksSignatures {
  readonly #create?: () => Promise<VerifiesCharts>;
  #verifier?: Promise<VerifiesCharts>;
  /** What was verified. */
  readonly #verified = new LRUCache<string, true>({ max: MOST_KEPT });

  /** @param create - undefined in a portal without helm */
  constructor(create: (() => Promise<VerifiesCharts>) | undefined) {
    this.#create = create;
  }

  async check(
    { repository, chart, version, archive, digest }: FetchedChart,
    fetchProvenance: () => Promise<Buffer>,
  ): Promise<void> {
    const { keyring } = repository;
    if (keyring === undefined) {
      return;
    }
    const key = createHash('sha256')
      .update(JSON.stringify([keyring, chart, version, digest]))
      .digest('hex');
    if (this.#verified.has(key)) {
      return;
    }
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
    const problem = await verifier.verify({
      fileName: `${chart}-${version}.tgz`,
      archive,
      provenance,
      keyring: Buffer.from(keyring, 'base64'),
    });
    if (problem !== undefined) {
      throw fail(`helm does not accept it: ${quoteUntrusted(problem)}`);
    }
    this.#verified.set(key, true);
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
