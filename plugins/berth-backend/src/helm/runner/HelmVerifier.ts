import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { helmEnvironment } from './environment';
import { checkHelmBinary, HelmBinary } from './helmBinary';
import { HelmExit, runHelmProcess } from './HelmProcess';
import { inTurn } from './inTurn';
import { DEFAULT_LIMITS } from './limits';
import { findSandbox, Sandbox } from './sandbox';

const OWN_FILE = 0o600;
const VERIFY_MS = 30_000;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]*\.tgz$/;
const KEYRING_FILE = 'keyring.gpg';

/** A chart and its provenance file. */
export interface SignedChart {
  /** The name that the provenance file has for the archive: letters, digits, `-`, `_`, `+` and `.`. */
  fileName: string;
  archive: Buffer;
  provenance: Buffer;
  /** The public keys, as `gpg --export` writes them. */
  keyring: Buffer;
}

/** Lets helm verify signatures. helm gets no address of a cluster, and no credential. */
export class HelmVerifier {
  readonly #binary: HelmBinary;
  readonly #places: pLimit.Limit;
  readonly #sandbox: Sandbox;

  /**
   * @param places - how many programs run at the same time
   * @throws InputError for a program that the portal must not run
   */
  static async create(
    binary: string,
    places: pLimit.Limit,
  ): Promise<HelmVerifier> {
    return new HelmVerifier(
      await checkHelmBinary(binary),
      await findSandbox(),
      places,
    );
  }

  private constructor(
    binary: HelmBinary,
    sandbox: Sandbox,
    places: pLimit.Limit,
  ) {
    this.#binary = binary;
    this.#places = places;
    this.#sandbox = sandbox;
  }

  /**
   * Waits for a place. Returns what helm says against a chart; undefined if the signature is that of a key of the keyring.
   *
   * @throws the reason of `signal`, which ends helm
   */
  async verify(
    chart: SignedChart,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (!FILE_NAME.test(chart.fileName)) {
      return 'the name or the version of the chart cannot be that of a file';
    }
    const exit = await inTurn(this.#places, signal, () =>
      this.#run(chart, signal),
    );
    signal.throwIfAborted();
    return exit?.exitCode === 0
      ? undefined
      : exit?.stderr.trim().replace(/^Error: /, '') || 'helm ended early';
  }

  async #run(
    { fileName, archive, provenance, keyring }: SignedChart,
    signal: AbortSignal,
  ): Promise<HelmExit> {
    const folder = await mkdtemp(join(tmpdir(), 'berth-helm-'));
    const write = (name: string, content: Buffer) =>
      writeFile(join(folder, name), content, { mode: OWN_FILE });
    try {
      await write(KEYRING_FILE, keyring);
      await write(fileName, archive);
      await write(`${fileName}.prov`, provenance);
      return await runHelmProcess({
        command: this.#sandbox.wrap(
          [
            this.#binary.path,
            ...['verify', `./${fileName}`, '--keyring', `./${KEYRING_FILE}`],
          ],
          DEFAULT_LIMITS,
        ),
        env: helmEnvironment(folder),
        folder,
        limits: DEFAULT_LIMITS,
        onErrorLine: () => {},
        signal: AbortSignal.any([signal, AbortSignal.timeout(VERIFY_MS)]),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
