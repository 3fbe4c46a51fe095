import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';

const zip = promisify(gzip);

/** Packs the files of a chart into one folder (.tgz). */
export async function packChart(
  folder: string,
  files: ReadonlyMap<string, Buffer>,
): Promise<Buffer> {
  return zip(await tarOf(folder, files));
}

/** Returns a tar archive without what differs between two packings: the same files give the same bytes. */
export async function tarOf(
  folder: string,
  files: ReadonlyMap<string, Buffer>,
): Promise<Buffer> {
  const tar = pack();
  const packed = buffer(tar);
  for (const name of [...files.keys()].sort()) {
    tar.entry(
      { name: `${folder}/${name}`, mode: 0o644, mtime: new Date(0) },
      files.get(name)!,
    );
  }
  tar.finalize();
  return packed;
}
