import { runKeysCommand } from './runKeysCommand';

/**
 * The command `berth-keys`, for the process that it is.
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
