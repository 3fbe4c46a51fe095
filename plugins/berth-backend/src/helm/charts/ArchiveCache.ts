import { isError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';

const MAX_BYTES = 512 * 1024 * 1024;

/** Returns the SHA-256 of an archive, in hexadecimal. */
export function digestOf(archive: Buffer): string {
  return createHash('sha256').update(archive).digest('hex');
}

/**
 * Archives by their digest, in a folder of this process. What is read from it is compared with the digest again, so that
 * nobody who can write on the disk can change a chart.
 */
export class ArchiveCache {
  readonly #kept: LRUCache<string, number>;
  readonly #above: string;
  #folder?: Promise<string>;

  /** @param above - in which the folder is */
  constructor(maxBytes = MAX_BYTES, above = tmpdir()) {
    this.#above = above;
    this.#kept = new LRUCache<string, number>({
      maxSize: maxBytes,
      sizeCalculation: size => size,
      dispose: (_, digest, reason) => {
        if (reason === 'evict' || reason === 'delete') {
          this.#remove(digest).catch(() => {});
        }
      },
    });
  }

  async get(digest: string): Promise<Buffer | undefined> {
    if (this.#kept.get(digest) === undefined) {
      return undefined;
    }
    const archive = await this.#pathOf(digest)
      .then(path => readFile(path))
      .catch(() => undefined);
    if (archive && digestOf(archive) === digest) {
      return archive;
    }
    this.#kept.delete(digest);
    return undefined;
  }

  /** Without the disk, the archive is fetched again. */
  async set(digest: string, archive: Buffer): Promise<void> {
    try {
      await writeFile(await this.#pathOf(digest), archive, { mode: 0o600 });
      this.#kept.set(digest, Math.max(1, archive.length));
    } catch (error) {
      if (isError(error) && error.code === 'ENOENT') {
        // Something that cleans the disk has removed the folder.
        this.#folder = undefined;
      }
    }
  }

  /** Removes all archives. */
  async close(): Promise<void> {
    this.#kept.clear();
    if (this.#folder) {
      await rm(await this.#folder, { recursive: true, force: true });
      this.#folder = undefined;
    }
  }

  async #pathOf(digest: string): Promise<string> {
    this.#folder ??= mkdtemp(join(this.#above, 'berth-charts-'));
    try {
      return join(await this.#folder, `${digest}.tgz`);
    } catch (error) {
      // The next call tries again.
      this.#folder = undefined;
      throw error;
    }
  }

  async #remove(digest: string): Promise<void> {
    await rm(await this.#pathOf(digest), { force: true });
  }
}
