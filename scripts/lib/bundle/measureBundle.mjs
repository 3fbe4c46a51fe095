import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../paths.mjs';
import { Problem } from '../Problem.mjs';
import {
  findPackage,
  isBerths,
  packageName,
  readPackage,
  stockPackages,
} from './stockPackages.mjs';

const INITIAL_ENTRY = 'alpha.tsx';
const ENTRIES = ['index.ts', INITIAL_ENTRY];

/**
 * Bundles the frontend plugin, minified, and measures what it adds to an app: its own code, with that of
 * `@berth/plugin-berth-common`, and the packages that the app would not have without Berth.
 *
 * @param {string} directory - a checkout of the repository. Dependencies come from this one's `node_modules`.
 * @returns {Promise<import('./table.mjs').Bundle>}
 */
export async function measureBundle(directory) {
  const stock = stockPackages(root);
  const own = await bundle(directory, () => true);
  const all = await bundle(directory, found => stock.has(found));
  return {
    initial: all.initial,
    lazy: {
      bytes: all.size.bytes - all.initial.bytes,
      gzip: all.size.gzip - all.initial.gzip,
    },
    own: own.size,
    brought: {
      bytes: all.size.bytes - own.size.bytes,
      gzip: all.size.gzip - own.size.gzip,
    },
    packages: bytesByPackage(all.metafile),
  };
}

/** @param {(directory: string) => boolean} isExternal - whether a package is left out */
async function bundle(directory, isExternal) {
  const { metafile, outputFiles } = await build({
    absWorkingDir: directory,
    bundle: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    entryPoints: ENTRIES.map(file => join('plugins', 'berth', 'src', file)),
    format: 'esm',
    jsx: 'automatic',
    legalComments: 'none',
    loader: { '.svg': 'text', '.png': 'file', '.woff2': 'file' },
    logLevel: 'error',
    metafile: true,
    minify: true,
    outdir: 'bundle',
    platform: 'browser',
    plugins: [packages(directory, isExternal)],
    splitting: true,
    target: 'es2022',
    write: false,
  });
  const initial = initialFiles(metafile.outputs);
  const sizes = outputFiles.map(({ path, contents }) => ({
    isInitial: initial.has(relative(directory, path)),
    bytes: contents.length,
    gzip: gzipSync(contents, { level: 9 }).length,
  }));
  const sizeOf = files => ({
    bytes: sum(files.map(({ bytes }) => bytes)),
    gzip: sum(files.map(({ gzip }) => gzip)),
  });
  return {
    metafile,
    size: sizeOf(sizes),
    initial: sizeOf(sizes.filter(({ isInitial }) => isInitial)),
  };
}

/** Returns the files that an app of the new frontend system loads before a page opens: the entry and what it imports. */
function initialFiles(outputs) {
  const entry = join('plugins', 'berth', 'src', INITIAL_ENTRY);
  const found = new Set();
  const visit = path => {
    if (outputs[path] === undefined || found.has(path)) {
      return;
    }
    found.add(path);
    for (const { path: next, kind } of outputs[path].imports) {
      if (kind === 'import-statement') {
        visit(next);
      }
    }
  };
  Object.entries(outputs)
    .filter(([, { entryPoint }]) => entryPoint?.endsWith(entry))
    .forEach(([path]) => visit(path));
  return found;
}

/**
 * Resolves the packages of the repository to the checkout, and the others to `node_modules` or to nothing. A
 * bundler drops our files that nothing uses, as `sideEffects` in their package.json allows.
 */
function packages(directory, isExternal) {
  const own = ownPackages(directory);
  return {
    name: 'packages',
    setup(bundler) {
      // esbuild does not distinguish quotaEffect.ts from QuotaEffect.tsx.
      bundler.onResolve({ filter: /^\.{1,2}\// }, args =>
        isInstalled(args.resolveDir)
          ? undefined
          : {
              path: sourceFile(join(args.resolveDir, args.path)),
              sideEffects: false,
            },
      );
      bundler.onResolve({ filter: /^[^./]/ }, async args => {
        if (args.pluginData === 'resolving' || args.kind === 'entry-point') {
          return undefined;
        }
        const name = packageName(args.path);
        if (isBerths(name)) {
          const { exports, main } = readPackage(own[name]);
          const entry = `.${args.path.slice(name.length)}`;
          return {
            path: join(own[name], exports?.[entry] ?? main),
            sideEffects: false,
          };
        }
        // A checkout of another revision has no node_modules.
        const from = isInstalled(args.resolveDir)
          ? args.resolveDir
          : join(root, relative(directory, args.resolveDir));
        const found = findPackage(name, from);
        if (found === undefined || isExternal(found)) {
          return { path: args.path, external: true };
        }
        return bundler.resolve(args.path, {
          kind: args.kind,
          pluginData: 'resolving',
          resolveDir: found,
        });
      });
    },
  };
}

function isInstalled(directory) {
  return directory.includes(`${sep}node_modules${sep}`);
}

function sourceFile(path) {
  const file = ['', '.ts', '.tsx', '/index.ts', '/index.tsx']
    .map(end => `${path}${end}`)
    .find(candidate =>
      statSync(candidate, { throwIfNoEntry: false })?.isFile(),
    );
  if (file === undefined) {
    throw new Problem(`There is no source file ${path}`);
  }
  return file;
}

function ownPackages(directory) {
  const plugins = join(directory, 'plugins');
  return Object.fromEntries(
    readdirSync(plugins).map(folder => {
      const path = join(plugins, folder);
      return [readPackage(path).name, path];
    }),
  );
}

function bytesByPackage({ outputs }) {
  const bytes = {};
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [, inside] = path.split(/^.*node_modules\//);
      if (inside !== undefined && bytesInOutput > 0) {
        const name = packageName(inside);
        bytes[name] = (bytes[name] ?? 0) + bytesInOutput;
      }
    }
  }
  return bytes;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
