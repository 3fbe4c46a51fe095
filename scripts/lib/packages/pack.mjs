import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { run } from '../commands.mjs';
import { cache, root, yarnRelease } from '../paths.mjs';

export const packagesFolder = join(cache, 'packages');

/**
 * @typedef {object} PackedPackage
 * @property {string} name
 * @property {string} source - the package's folder in the repository
 * @property {string} tarball
 * @property {string} unpacked - where `unpack` puts the content of the tarball
 */

/**
 * Builds and packs every package that is published.
 *
 * @returns {Promise<PackedPackage[]>}
 */
export async function packAll({ node, env }, log) {
  const packages = publishedPackages();
  const options = { env, log };
  await restoreManifests(packages, node, options);
  await run(
    'Building the packages',
    node,
    [yarnRelease, 'backstage-cli', 'repo', 'build'],
    options,
  );

  rmSync(packagesFolder, { recursive: true, force: true });
  mkdirSync(packagesFolder, { recursive: true });
  try {
    for (const { name, source, tarball } of packages) {
      await run(
        `Packing ${name}`,
        node,
        [yarnRelease, 'pack', '--out', tarball],
        { ...options, cwd: source },
      );
    }
  } finally {
    await restoreManifests(packages, node, options);
  }
  return packages;
}

/** @returns {PackedPackage[]} */
export function publishedPackages() {
  return ['packages', 'plugins']
    .flatMap(parent =>
      readdirSync(join(root, parent)).map(folder => join(root, parent, folder)),
    )
    .filter(source => existsSync(join(source, 'package.json')))
    .map(source => ({
      source,
      ...JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')),
    }))
    .filter(manifest => !manifest.private)
    .map(({ source, name }) => ({
      name,
      source,
      tarball: join(packagesFolder, `${name.replace(/\W+/g, '-')}.tgz`),
      unpacked: join(packagesFolder, 'node_modules', name),
    }));
}

/**
 * Restores package.json files: `prepack` rewrites them, and an interrupted run leaves them rewritten, next to
 * copies of the originals.
 */
async function restoreManifests(packages, node, options) {
  for (const { name, source } of packages) {
    if (existsSync(join(source, 'package.json-prepack'))) {
      await run(
        `Restoring the package.json of ${name}`,
        node,
        [yarnRelease, 'backstage-cli', 'package', 'postpack'],
        { ...options, cwd: source },
      );
    }
  }
}
