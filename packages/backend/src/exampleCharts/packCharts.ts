import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { parse, stringify } from 'yaml';

/** Other versions that the repository has, too: the same charts, with other defaults. */
const OTHER_VERSIONS: Record<string, OtherVersion[]> = {
  web: [
    { version: '1.4.1', default: ['memory: 256Mi', 'memory: 192Mi'] },
    { version: '1.4.0', default: ['memory: 256Mi', 'memory: 192Mi'] },
    { version: '1.3.0', default: ['memory: 256Mi', 'memory: 128Mi'] },
    { version: '2.0.0-rc.1' },
  ],
  cache: [{ version: '0.9.0' }, { version: '0.8.2' }],
};

interface OtherVersion {
  version: string;
  /** A text of the values.yaml, and the one in its place. */
  default?: [string, string];
}

const CREATED = Date.parse('2026-11-20T09:00:00Z');
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** A version of a chart. */
export interface PackedChart {
  name: string;
  version: string;
  /** The content of Chart.yaml. */
  chart: object;
  /** ISO 8601. */
  created: string;
  archive: Buffer;
}

/** A chart repository in memory. */
export interface PackedCharts {
  charts: PackedChart[];
  /** The index.yaml. */
  index: string;
  /** By file name. */
  archives: ReadonlyMap<string, Buffer>;
}

/**
 * Packs each chart of a folder as `helm package` does.
 *
 * @param folder - may be missing, such as in a portal that was built without the examples
 */
export async function packCharts(folder: string): Promise<PackedCharts> {
  const archives = new Map<string, Buffer>();
  const charts: PackedChart[] = [];
  const entries: Record<string, object[]> = {};
  for (const name of await readdir(folder).catch(() => [])) {
    const files = await readFiles(join(folder, name));
    const chart = parse(files.get('Chart.yaml') ?? '');
    const versions: OtherVersion[] = [
      { version: chart.version },
      ...(OTHER_VERSIONS[name] ?? []),
    ];
    entries[name] = [];
    for (const [
      age,
      { version, default: [now, then] = ['', ''] },
    ] of versions.entries()) {
      const described = { ...chart, version };
      const values = files.get('values.yaml') ?? '';
      const archive = await packed(
        name,
        new Map(files)
          .set('Chart.yaml', stringify(described))
          .set('values.yaml', values.replace(now, then)),
      );
      const file = `${name}-${version}.tgz`;
      const created = new Date(CREATED - age * WEEK_MS).toISOString();
      archives.set(file, archive);
      charts.push({ name, version, chart: described, created, archive });
      entries[name].push({
        ...described,
        created,
        digest: createHash('sha256').update(archive).digest('hex'),
        urls: [file],
      });
    }
  }
  return { charts, index: stringify({ apiVersion: 'v1', entries }), archives };
}

/** Reads the files of a folder, by their path in it. */
async function readFiles(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of found.filter(one => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1), await readFile(path, 'utf8'));
  }
  return files;
}

async function packed(
  name: string,
  files: Map<string, string>,
): Promise<Buffer> {
  const tar = pack();
  for (const [path, content] of [...files].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    tar.entry({ name: `${name}/${path}`, mtime: new Date(CREATED) }, content);
  }
  tar.finalize();
  return gzipSync(await buffer(tar));
}
