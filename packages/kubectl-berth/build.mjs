import { chmod, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(await readFile(`${folder}package.json`, 'utf8'));
const program = `${folder}dist/kubectl-berth.mjs`;

await build({
  entryPoints: [`${folder}src/main.ts`],
  outfile: program,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  define: { KUBECTL_BERTH_VERSION: JSON.stringify(version) },
  banner: { js: '#!/usr/bin/env node' },
});
await chmod(program, 0o755);
