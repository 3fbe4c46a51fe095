import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Files that the scripts keep between runs; safe to delete. */
export const cache = join(root, '.cache');

export const yarnRelease = join(root, '.yarn', 'releases', 'yarn-4.13.0.cjs');

/** Makes Node run TypeScript. */
export const nodeTransform = join(
  root,
  'node_modules',
  '@backstage',
  'cli',
  'config',
  'nodeTransform.cjs',
);
