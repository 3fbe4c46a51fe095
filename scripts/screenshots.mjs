import { join } from 'node:path';
import { main, start } from './lib/commands.mjs';
import { root } from './lib/paths.mjs';
import { findRealParts } from './lib/realParts.mjs';
import { setUp } from './lib/setUp.mjs';

main(async () => {
  const { node, env } = await setUp();
  const { ended } = start(
    node,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      join(root, 'packages/e2e-tests/src/screenshots/main.ts'),
      ...process.argv.slice(2),
    ],
    { env: { ...env, ...findRealParts(process.env).env }, inherit: true },
  );
  process.exitCode = await ended;
});
