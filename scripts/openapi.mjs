import { join } from 'node:path';
import { main, run } from './lib/commands.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/progress.mjs';
import { setUp } from './lib/setUp.mjs';

main(async () => {
  const { node, env } = await setUp();
  await run(
    'Writing docs/openapi.yaml',
    node,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      join(root, 'scripts/lib/writeOpenApi.cjs'),
    ],
    { env },
  );
  say('Wrote docs/openapi.yaml');
});
