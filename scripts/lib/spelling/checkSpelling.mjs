import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { run } from '../commands.mjs';
import { root } from '../paths.mjs';
import { Problem } from '../Problem.mjs';
import { flaggedPhrases } from './phrases.mjs';

const CHECKED = /\.(ts|tsx|mjs|cjs|js|md|ya?ml|html|css)$|^\.ci\/run$/;
const NOT_CHECKED =
  /^\.yarn\/|\.api\.md$|^scripts\/lib\/spelling\/phrases\.mjs$/;
const cspell = join(root, 'node_modules', 'cspell', 'bin.mjs');

/**
 * Checks the spelling of texts, comments and docs, and finds flagged words and phrases.
 *
 * @param {string[]} [paths] - files and folders, the whole repository by default
 */
export async function checkSpelling(context, log, paths = ['.']) {
  const problems = await flaggedIn(paths);
  const words = await misspelt(context, log, paths);
  if (words || problems.length > 0) {
    throw new Problem([words, ...problems].filter(Boolean).join('\n'));
  }
}

async function misspelt({ node, env }, log, paths) {
  try {
    await run(
      'cspell',
      node,
      [cspell, 'lint', '--no-progress', '--no-summary', '--no-color', ...paths],
      { env, log },
    );
  } catch (error) {
    if (error instanceof Problem) {
      return error.message;
    }
    throw error;
  }
  return undefined;
}

async function flaggedIn(paths) {
  const { stdout } = await promisify(execFile)('git', ['ls-files', ...paths], {
    cwd: root,
    maxBuffer: 2 ** 24,
  });
  return stdout
    .split('\n')
    .filter(path => CHECKED.test(path) && !NOT_CHECKED.test(path))
    .filter(path => existsSync(join(root, path)))
    .flatMap(path =>
      flaggedPhrases(readFileSync(join(root, path), 'utf8')).map(
        ({ line, phrase }) => `${path}:${line} - Flagged phrase (${phrase})`,
      ),
    );
}
