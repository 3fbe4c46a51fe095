import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import typescript from 'typescript';

const BUILT = /\.(js|d\.ts)$/;
const SOURCE = /\.tsx?$/;
const TEST = /\.test\.tsx?$|__testUtils__|setupTests/;

/**
 * Compares what a package imports with what its package.json declares.
 *
 * @param {import('./pack.mjs').PackedPackage} packed
 * @returns {string[]} problems
 */
export function dependencyProblems({ source, unpacked }) {
  const manifest = JSON.parse(
    readFileSync(join(unpacked, 'package.json'), 'utf8'),
  );
  const published = files(
    unpacked,
    path => BUILT.test(path) && !path.startsWith('node_modules'),
  );
  const sources = files(
    join(source, 'src'),
    path => SOURCE.test(path) && !TEST.test(path),
  );
  return compare(
    manifest,
    importedPackages(published),
    importedPackages(sources.map(withoutTypeImports)),
    peersOf(Object.keys(manifest.dependencies ?? {}), source),
  );
}

/** Returns the peer dependencies of dependencies. */
function peersOf(dependencies, source) {
  const { resolve } = createRequire(join(source, 'package.json'));
  return new Set(
    dependencies.flatMap(name => {
      const found = (resolve.paths(name) ?? [])
        .map(folder => join(folder, name, 'package.json'))
        .find(file => existsSync(file));
      const { peerDependencies = {} } = found
        ? JSON.parse(readFileSync(found, 'utf8'))
        : {};
      return Object.keys(peerDependencies);
    }),
  );
}

/**
 * @param {object} manifest - package.json
 * @param {Map<string, string>} built - packages that the published files import
 * @param {Map<string, string>} sources - packages that the sources import for more than their types
 * @param {Set<string>} peers - peer dependencies of the dependencies
 */
export function compare(manifest, built, sources, peers = new Set()) {
  const dependencies = Object.keys(manifest.dependencies ?? {});
  const declared = new Set([
    manifest.name,
    ...dependencies,
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  return [
    ...[...built]
      .filter(([name]) => !declared.has(name))
      .map(
        ([name, path]) =>
          `${path} imports ${name}, but package.json does not declare it`,
      ),
    ...dependencies
      .filter(
        name =>
          !built.has(name) &&
          !sources.has(name) &&
          !peers.has(name) &&
          // The types of a package that the published types import.
          !built.has(name.replace(/^@types\//, '')),
      )
      .map(
        name =>
          `package.json declares ${name}, but nothing needs it at run time`,
      ),
  ];
}

/** How a package finds the files of another one, or its own. */
const FILES_OF =
  /\b(?:resolvePackagePath|require\.resolve)\(\s*['"]([^'"]+)['"]/g;

/**
 * @param {Array<{path: string, text: string}>} from
 * @returns {Map<string, string>} package names, each with the first file that imports it or reads its files
 */
export function importedPackages(from) {
  const packages = new Map();
  for (const { path, text } of from) {
    const { importedFiles } = typescript.preProcessFile(text, true, true);
    const modules = [
      ...importedFiles.map(({ fileName }) => fileName),
      ...[...text.matchAll(FILES_OF)].map(([, module]) => module),
    ];
    for (const module of modules) {
      const name = packageName(module);
      if (name && !packages.has(name)) {
        packages.set(name, path);
      }
    }
  }
  return packages;
}

/** Returns the package of a module name; undefined for a file and for a part of Node. */
function packageName(module) {
  if (/^[./]/.test(module) || isBuiltin(module)) {
    return undefined;
  }
  const [first, second] = module.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

export function withoutTypeImports({ path, text }) {
  return { path, text: text.replace(/^import type [^;]*;/gm, '') };
}

function files(folder, matches) {
  return readdirSync(folder, { recursive: true })
    .filter(matches)
    .sort()
    .map(path => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
