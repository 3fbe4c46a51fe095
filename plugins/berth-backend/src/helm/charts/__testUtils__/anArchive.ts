import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { Header, pack } from 'tar-stream';

export type Entry = Partial<Header> & {
  name: string;
  content?: string | Buffer;
};

/** Builds a tar archive from entries; their names and types may break any rule. */
export async function aTar(entries: Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = '', ...header } of entries) {
    tar.entry(header, content);
  }
  tar.finalize();
  return buffer(tar);
}

/** Builds the archive of a chart. */
export async function anArchive(entries: Entry[]): Promise<Buffer> {
  return gzipSync(await aTar(entries));
}

/** The entries of a chart. */
export function chartEntries(
  name = 'web',
  files: Record<string, string | Buffer> = {},
): Entry[] {
  return Object.entries({
    'Chart.yaml': `name: ${name}\nversion: 1.2.3\n`,
    'values.yaml': 'replicas: 1\n',
    ...files,
  }).map(([path, content]) => ({ name: `${name}/${path}`, content }));
}
