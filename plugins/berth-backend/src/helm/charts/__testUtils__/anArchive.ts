import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { extract, Header, pack } from 'tar-stream';

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

/** Ways to write an entry that has one name for `tar-stream`, and another one for the reader of Go, which helm uses. */
export const TWO_NAMES: Record<
  string,
  (shown: string, real: string, content: string) => Buffer[]
> = {
  'a global header of PAX': (shown, real, content) => [
    block('g', 'g', pax({ path: shown })),
    block('x', 'x', pax({ comment: 'x' })),
    block(real, '0', content),
  ],
  'a long name of GNU and one of PAX': (shown, real, content) => [
    block('L', 'L', `${real}\0`),
    block('x', 'x', pax({ path: shown })),
    block('web/y', '0', content),
  ],
  'the name of a sparse file of GNU': (shown, real, content) => [
    block(
      'x',
      'x',
      pax({
        'GNU.sparse.major': '1',
        'GNU.sparse.minor': '0',
        'GNU.sparse.name': real,
        'GNU.sparse.realsize': `${content.length}`,
      }),
    ),
    block(shown, '0', `1\n0\n${content.length}\n`.padEnd(512, '\0') + content),
  ],
};

/** Builds the archive of a chart from entries and from bytes. */
export async function anArchiveWith(
  entries: Entry[],
  bytes: Buffer[],
): Promise<Buffer> {
  const tar = await aTar(entries);
  const end = 1024;
  return gzipSync(
    Buffer.concat([
      tar.subarray(0, tar.length - end),
      ...bytes,
      Buffer.alloc(end),
    ]),
  );
}

/** Returns the type and the name of each header as the bytes have them. */
export function rawHeaders(archive: Buffer): string[] {
  const tar = gunzipSync(archive);
  const found: string[] = [];
  for (let at = 0; tar[at]; ) {
    const header = tar.subarray(at, at + 512);
    const [name] = header.toString('latin1', 0, 100).split('\0');
    found.push(`${String.fromCharCode(header[156])} ${name}`);
    const size = parseInt(header.toString('latin1', 124, 135), 8);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

/** Returns the content of an entry. */
export async function contentIn(
  archive: Buffer,
  name: string,
): Promise<Buffer> {
  const tar = Readable.from([gunzipSync(archive)]).pipe(extract());
  for await (const entry of tar) {
    const content = await buffer(entry);
    if (entry.header.name === name) {
      return content;
    }
  }
  throw new Error(`The archive has no entry ${name}`);
}

function block(name: string, type: string, content: string): Buffer {
  const data = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(data.length.toString(8).padStart(11, '0'), 124);
  header.write('00000000000', 136);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0`, 148);
  const rest = Buffer.alloc((512 - (data.length % 512)) % 512);
  return Buffer.concat([header, data, rest]);
}

function pax(records: Record<string, string>): string {
  return Object.entries(records)
    .map(([key, value]) => {
      const record = ` ${key}=${value}\n`;
      const digits = String(record.length + 2).length;
      return `${record.length + digits}${record}`;
    })
    .join('');
}
