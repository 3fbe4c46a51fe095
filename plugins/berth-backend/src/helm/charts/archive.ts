import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pLimit from 'p-limit';
import { extract, Header } from 'tar-stream';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ChartError } from './ChartError';
import { packChart } from './packChart';

/** What an archive may take. The bounds cover the archives within it, too. */
export interface ArchiveLimits {
  /** Of the archive itself. */
  maxPackedBytes: number;
  maxBytes: number;
  maxEntries: number;
  /** Unpacked bytes for each packed one. */
  maxRatio: number;
  /** How deep archives of subcharts are nested. */
  maxDepth: number;
  /** Of a file that is kept. */
  maxFileBytes: number;
  /** Of a file in a folder `crds`: some charts have all their definitions in one. */
  maxCrdFileBytes: number;
}

const IN_CRDS = /(^|\/)crds\//;

export const ARCHIVE_LIMITS: ArchiveLimits = {
  maxPackedBytes: 10 * 1024 * 1024,
  maxBytes: 40 * 1024 * 1024,
  maxEntries: 5_000,
  maxRatio: 200,
  maxDepth: 3,
  maxFileBytes: 1024 * 1024,
  maxCrdFileBytes: 5 * 1024 * 1024,
};

/** A file of a chart. */
export interface ArchiveFile {
  text: string;
  /** Whether the file is longer than the text. */
  truncated: boolean;
}

/** What is kept of an archive. */
export interface ChartArchive {
  /** The one folder in which everything is. */
  root: string;
  /** The files that were asked for, by their path below the root. */
  files: ReadonlyMap<string, ArchiveFile>;
  /** The files of the chart and of all its subcharts whose paths match the pattern that was asked for. */
  matching: { path: string; file: ArchiveFile }[];
  hasSubcharts: boolean;
  /**
   * The files as they were read here, and nothing else, packed again (.tgz), and so are the archives of subcharts; empty
   * if this was not asked for.
   */
  packed: Buffer;
}

/** What to keep of an archive. */
export interface WantedFiles {
  /** Paths below the root of the chart itself. */
  paths: readonly string[];
  /** Of paths in the chart and in its subcharts. */
  pattern?: RegExp;
  /** Whether the archive is packed again, for `helm`. */
  packs?: boolean;
}

const IN_SUBCHART = /^charts\/./;
const SUBCHART = /(^|\/)charts\/[^/]+\.(tgz|tar\.gz)$/;
/** Bounds the memory and the processor time of many requests at once. Others wait. */
const unpacking = pLimit(2);
/** More folders would take much memory, because each one is remembered by its path. */
const MAX_PARTS = 32;
const MAX_NAME = 512;
/** Small archives of similar files compress well. */
const FREE_BYTES = 1024 * 1024;

/** The names of an archive: in one folder, each once. */
class ArchiveNames {
  root?: string;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  /** @returns the path below the root */
  add(name: string, isFolder: boolean): string {
    const parts = partsOf(name, isFolder);
    const [root, ...rest] = parts;
    this.root ??= root;
    if (root !== this.root) {
      throw refused(
        `it has the folders ${quoteUntrusted(this.root)} and ${quoteUntrusted(
          root,
        )}; everything must be in one folder`,
      );
    }
    if (rest.length === 0 && !isFolder) {
      throw refused(
        `the file ${quoteUntrusted(name)} is outside the folder of the chart`,
      );
    }
    const path = rest.join('/');
    const above = rest.map((_, index) => rest.slice(0, index).join('/'));
    if (
      above.some(folder => this.#files.has(folder)) ||
      this.#files.has(path) ||
      (!isFolder && this.#folders.has(path))
    ) {
      throw refused(`it has the name ${quoteUntrusted(name)} twice`);
    }
    above.forEach(folder => this.#folders.add(folder));
    (isFolder ? this.#folders : this.#files).add(path);
    return path;
  }
}

/** @throws ChartError for a name that could leave its folder, here or on another system */
function partsOf(name: string, isFolder: boolean): string[] {
  const plain = isFolder ? name.replace(/\/$/, '') : name;
  const parts = plain.replace(/^(\.\/)+/, '').split('/');
  const isPlain =
    name.length <= MAX_NAME &&
    parts.length <= MAX_PARTS &&
    !/[\p{Cc}\\:]/u.test(name) &&
    parts.every(part => part !== '' && part !== '.' && part !== '..');
  if (!isPlain) {
    throw refused(
      `${quoteUntrusted(
        name,
      )} is not a relative path of at most ${MAX_PARTS} plain names and ${MAX_NAME} characters, without "..", "\\", ":" and control characters`,
    );
  }
  return parts;
}

/** Reads an archive and those within it, and counts what they take together. */
class ArchiveReader {
  readonly #limits: ArchiveLimits;
  #entries = 0;
  #bytes = 0;

  constructor(limits: ArchiveLimits) {
    this.#limits = limits;
  }

  async read(
    archive: Buffer,
    { paths, pattern, packs = false }: WantedFiles,
    depth: number,
    above = '',
  ): Promise<ChartArchive> {
    const { maxDepth, maxPackedBytes } = this.#limits;
    if (archive.length > maxPackedBytes) {
      throw refused(`it is larger than ${maxPackedBytes} bytes`);
    }
    if (depth > maxDepth) {
      throw refused(`it has archives that are nested deeper than ${maxDepth}`);
    }
    const names = new ArchiveNames();
    const files = new Map<string, ArchiveFile>();
    const matching: ChartArchive['matching'] = [];
    const nested: { path: string; content: Buffer }[] = [];
    const contents = new Map<string, Buffer>();
    let hasSubcharts = false;
    const tar = extract();
    const reading = (async () => {
      for await (const entry of tar) {
        const path = this.#check(entry.header, names);
        const isNested = SUBCHART.test(path);
        const isWanted = paths.includes(path);
        const isMatching = pattern?.test(path) === true;
        hasSubcharts ||= IN_SUBCHART.test(path);
        const content = await this.#content(
          entry,
          isNested || isWanted || isMatching || packs,
        );
        if (packs && entry.header.type === 'file') {
          contents.set(path, content);
        }
        if (isNested) {
          nested.push({ path, content });
        } else if (isWanted) {
          files.set(path, this.#fileOf(path, content));
        }
        if (isMatching && entry.header.type === 'file') {
          matching.push({
            path: `${above}${path}`,
            file: this.#fileOf(path, content),
          });
        }
      }
    })();
    try {
      await Promise.all([
        pipeline(
          Readable.from([archive]),
          createGunzip(),
          this.#counted(archive.length),
          tar,
        ),
        reading,
      ]);
    } catch (error) {
      tar.destroy();
      throw error instanceof ChartError
        ? error
        : refused('it is not a gzipped tar archive, or it is damaged');
    }
    if (names.root === undefined) {
      throw refused('it is empty');
    }
    for (const { path, content } of nested) {
      const subchart = await this.read(
        content,
        { paths: [], pattern, packs },
        depth + 1,
        `${above}${path}/`,
      );
      matching.push(...subchart.matching);
      if (packs) {
        contents.set(path, subchart.packed);
      }
    }
    const { root } = names;
    const packed = packs ? await packChart(root, contents) : Buffer.alloc(0);
    return { root, files, matching, hasSubcharts, packed };
  }

  /** Counts unpacked bytes before anything looks at them. */
  #counted(packed: number) {
    const { maxBytes, maxRatio } = this.#limits;
    let own = 0;
    const count = (size: number) => {
      own += size;
      this.#bytes += size;
      if (this.#bytes > maxBytes) {
        throw refused(`it unpacks to more than ${maxBytes} bytes`);
      }
      if (own > FREE_BYTES && own > packed * maxRatio) {
        throw refused(`it unpacks to more than ${maxRatio} times its size`);
      }
    };
    return async function* counted(source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        count(chunk.length);
        yield chunk;
      }
    };
  }

  /** Returns the path of an entry below the root; empty for the root itself. */
  #check({ name, type }: Header, names: ArchiveNames): string {
    this.#entries += 1;
    if (this.#entries > this.#limits.maxEntries) {
      throw refused(`it has more than ${this.#limits.maxEntries} entries`);
    }
    if (type !== 'file' && type !== 'directory') {
      throw refused(
        `${quoteUntrusted(
          name,
        )} is a ${type}; only files and folders are allowed`,
      );
    }
    return names.add(name, type === 'directory');
  }

  async #content(
    entry: AsyncIterable<unknown>,
    isKept: boolean,
  ): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) {
      if (isKept) {
        chunks.push(chunk as Buffer);
      }
    }
    return Buffer.concat(chunks);
  }

  #fileOf(path: string, content: Buffer): ArchiveFile {
    const { maxCrdFileBytes, maxFileBytes } = this.#limits;
    const most = IN_CRDS.test(path) ? maxCrdFileBytes : maxFileBytes;
    return {
      text: content.subarray(0, most).toString('utf8'),
      truncated: content.length > most,
    };
  }
}

/**
 * Reads the archive of a chart in memory. Nothing is written, so a name can leave no folder; names are checked
 * nevertheless, because `helm` gets the files later. An archive that breaks a rule is refused as a whole.
 *
 * Programs do not agree on the name, the size and the content of an entry that has several headers (global or local
 * ones of PAX, long names or sparse files of GNU). `helm` gets the archive that is packed again, so that it reads the
 * files that were checked.
 *
 * @throws ChartError naming the rule
 */
export async function readArchive(
  archive: Buffer,
  wanted: WantedFiles,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ChartArchive> {
  return unpacking(() => new ArchiveReader(limits).read(archive, wanted, 0));
}

function refused(rule: string): ChartError {
  return new ChartError(`The archive of the chart is refused: ${rule}`);
}
