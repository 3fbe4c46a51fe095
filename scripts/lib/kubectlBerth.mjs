import { join } from 'node:path';
import { run } from './commands.mjs';
import { root } from './paths.mjs';

/** Builds the kubectl plugin, which the backend serves from its `dist`. Takes less than a second. */
export async function buildKubectlBerth({ node, env }) {
  await run('Building kubectl-berth', node, ['build.mjs'], {
    env,
    cwd: join(root, 'packages', 'kubectl-berth'),
  });
}
