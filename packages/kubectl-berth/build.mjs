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
  define: { KUBECTL_BERTH_VERSION: JSON.stringify(version) },
};

/**
 * Bundles what a dynamic import names as CommonJS, so that its parts of Node are loaded when it runs. In an ES
 * module all imports of parts of Node are at the top, where a cached token would wait for them.
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
      return { contents: outputFiles[0].text, loader: 'js' };
    });
  },
};

await build({
  ...options,
  entryPoints: [`${folder}src/main.ts`],
  outfile: program,
  format: 'esm',
  plugins: [lazy],
  banner: {
    js: `#!/usr/bin/env node
import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
  },
});
await chmod(program, 0o755);
await cp(`${folder}install`, values.out, { recursive: true });
