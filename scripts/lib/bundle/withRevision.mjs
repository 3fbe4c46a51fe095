import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../commands.mjs';
import { cache } from '../paths.mjs';

const directory = join(cache, 'bundle');

/**
 * Runs some work in a checkout of a Git revision next to this one.
 *
 * @template T
 * @param {string} revision
 * @param {{env: NodeJS.ProcessEnv}} context
 * @param {(directory: string) => Promise<T>} work
 * @returns {Promise<T>}
 * @throws Problem if there is no such revision
 */
export async function withRevision(revision, { env }, work) {
  const git = (...args) => run(`git ${args.join(' ')}`, 'git', args, { env });
  const remove = async () => {
    rmSync(directory, { recursive: true, force: true });
    await git('worktree', 'prune');
  };
  await remove();
  await git('worktree', 'add', '--detach', directory, revision);
  try {
    return await work(directory);
  } finally {
    await remove();
  }
}
