import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Packages that only build an app. */
const TOOLS = new Set(['@backstage/cli', '@backstage/cli-defaults']);

/**
 * Lists the directories of the packages that an app has without Berth: the dependencies of `packages/app`, and theirs.
 *
 * @param {string} root - of the repository
 * @returns {Set<string>}
 */
export function stockPackages(root) {
  const found = new Set();
  const visit = (name, from) => {
    const directory = findPackage(name, from);
    if (!directory || found.has(directory) || isBerths(name)) {
      return;
    }
    found.add(directory);
    const { dependencies, peerDependencies, peerDependenciesMeta } =
      readPackage(directory);
    const peers = Object.keys(peerDependencies ?? {}).filter(
      peer => !peerDependenciesMeta?.[peer]?.optional,
    );
    for (const other of [...Object.keys(dependencies ?? {}), ...peers]) {
      visit(other, directory);
    }
  };
  const app = join(root, 'packages', 'app');
  for (const name of Object.keys(readPackage(app).dependencies)) {
    if (!TOOLS.has(name)) {
      visit(name, app);
    }
  }
  return found;
}

/** Returns whether a package is one of this repository. */
export function isBerths(name) {
  return name.startsWith('@berth/');
}

/** Returns the name of the package of an import. */
export function packageName(path) {
  const [first, second] = path.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Returns the directory of a package as Node finds it; undefined if it is not installed. */
export function findPackage(name, from) {
  for (let directory = from; ; directory = dirname(directory)) {
    const candidate = join(directory, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) {
      return realpathSync(candidate);
    }
    if (dirname(directory) === directory) {
      return undefined;
    }
  }
}

export function readPackage(directory) {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}
