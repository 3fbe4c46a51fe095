import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../commands.mjs';

/**
 * Unpacks the packages into a `node_modules` folder below the repository's own, so that they find each
 * other packed and everything else as it is installed.
 *
 * @param {import('./pack.mjs').PackedPackage[]} packages
 */
export async function unpack(packages, { env }, log) {
  for (const { name, source, tarball, unpacked } of packages) {
    rmSync(unpacked, { recursive: true, force: true });
    mkdirSync(unpacked, { recursive: true });
    await run(
      `Unpacking ${name}`,
      'tar',
      ['xzf', tarball, '--strip-components=1', '-C', unpacked],
      { env, log },
    );
    linkOwnModules(source, unpacked);
  }
}

/** Links versions that yarn installed for one package only. */
function linkOwnModules(source, unpacked) {
  for (const path of ownModules(join(source, 'node_modules'))) {
    const link = join(unpacked, 'node_modules', path);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(source, 'node_modules', path), link);
  }
}

function ownModules(folder) {
  return list(folder)
    .filter(name => !name.startsWith('.'))
    .flatMap(name =>
      name.startsWith('@')
        ? list(join(folder, name)).map(inScope => join(name, inScope))
        : name,
    );
}

function list(folder) {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
