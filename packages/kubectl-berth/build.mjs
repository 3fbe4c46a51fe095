import { chmod, cp, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));
/** Tests build into a folder of their own, because others may run the program in `dist` at the same time. */
const { values } = parseArgs({
  options: { out: { type: 'string', default: `${folder}dist` } },
});
const program = `${values.out}/kubectl-berth.mjs`;

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  // All that the program uses of the package at run time. Modules that load late come with everything else in it.
  alias: {
    '@berth/plugin-berth-common': fileURLToPath(
      new URL('../../plugins/berth-common/src/keyWords.ts', import.meta.url),
    ),
  },
  define: { KUBECTL_BERTH_VERSION: JSON.stringify(version) },
};

/**
 * Bundles what a dynamic import names as a text, which is compiled when it runs. A cached token would wait for an ES
 * module to load all its parts of Node, and for code to be parsed; V8 reads a text of the same size much faster.
 */
const lazy = {
  name: 'lazy',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]src[/\\]program\.ts$/ }, async ({ path }) => {
      const { outputFiles } = await build({
        ...options,
        entryPoints: [path],
        format: 'cjs',
        write: false,
      });
      const code = JSON.stringify(outputFiles[0].text);
      return {
        contents: `
import { createRequire } from 'node:module';
const module = { exports: {} };
new Function('module', 'require', ${code})(module, createRequire(import.meta.url));
export const { runProgram } = module.exports;`,
        loader: 'js',
      };
    });
  },
};

await build({
  ...options,
  entryPoints: [`${folder}src/main.ts`],
  outfile: program,
  format: 'esm',
  plugins: [lazy],
  banner: { js: '#!/usr/bin/env node' },
});
await chmod(program, 0o755);
await cp(`${folder}install`, values.out, { recursive: true });
