/*
 * Runs a command that cannot outlive its parent.
 *
 * The parent starts this file as the leader of a new process group, with an IPC channel. The command
 * runs in the same group. When the parent ends in any way, SIGKILL included, the channel closes, and
 * this process ends the whole group. When the parent wants the command to end, it signals the group.
 */
import { spawn } from 'node:child_process';

const GRACE_MS = 10_000;

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: 'inherit' });
let orphaned = false;

// The signal went to the whole group; this process stays to report how the command ended.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}

process.on('disconnect', () => {
  orphaned = true;
  process.kill(-process.pid, 'SIGTERM');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), GRACE_MS);
});

child.on('error', error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});

child.on('exit', (code, signal) => {
  if (orphaned) {
    // Ends processes that the command left behind.
    process.kill(-process.pid, 'SIGKILL');
  }
  process.exit(code ?? (signal ? 1 : 0));
});
