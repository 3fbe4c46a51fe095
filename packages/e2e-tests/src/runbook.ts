import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './root';

const DEADLINE_MS = 60_000;

/**
 * Finds a block of commands in the documentation, so that the test runs the documented commands.
 *
 * @param page - below `docs`
 * @param part - a part of the block that no other block has
 */
export async function findCommand(page: string, part: string): Promise<string> {
  const text = await readFile(join(ROOT, 'docs', page), 'utf8');
  const blocks = text
    .split(/\n\s*\n/)
    .filter(block => /^ {4}\s*(curl|kubectl|sleep)\b/.test(block))
    .filter(block => block.includes(part));
  if (blocks.length !== 1) {
    throw new Error(`${page} has ${blocks.length} blocks with ${part}`);
  }
  return blocks[0];
}

/**
 * Runs a command as an admin who pastes it into a shell.
 *
 * @returns the output
 * @throws Error with the error output
 */
export async function paste(
  command: string,
  environment: Record<string, string>,
): Promise<string> {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)('sh', ['-e', '-c', command], {
    env,
    timeout: DEADLINE_MS,
  });
  return stdout;
}
