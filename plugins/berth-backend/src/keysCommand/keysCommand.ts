import { runKeysCommand } from './runKeysCommand';

/**
 * Runs the command `berth-keys` in its own process.
 *
 * @public
 */
export async function keysCommand(): Promise<void> {
  process.exitCode = await runKeysCommand(process.argv.slice(2), {
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  });
}
