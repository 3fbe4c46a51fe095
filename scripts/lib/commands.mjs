import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Problem } from './Problem.mjs';
import { root } from './paths.mjs';
import { complain } from './progress.mjs';

const leash = join(dirname(fileURLToPath(import.meta.url)), 'leash.mjs');
const GRACE_MS = 12_000;
const TAIL_LINES = 40;

/** Process groups that are running, by the id of their leader. */
const running = new Map();

/**
 * Starts a command in its own process group, see `leash.mjs`.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} [options.cwd] - the repository's root by default
 * @param {string} [options.log] - a file for all output
 * @param {(line: string) => void} [options.onLine] - called with every line
 * @param {boolean} [options.inherit] - whether output goes straight to the terminal
 * @returns {{
 *   ended: Promise<number>,
 *   endedByItself: Promise<number>,
 *   tail: () => string,
 *   end: () => Promise<void>,
 *   kill: () => void,
 * }} `endedByItself` never resolves after a call of `end`
 */
export function start(command, args, options) {
  const child = spawn(process.execPath, [leash, command, ...args], {
    cwd: options.cwd ?? root,
    env: options.env,
    detached: true,
    stdio: [
      'ignore',
      ...(options.inherit ? ['inherit', 'inherit'] : ['pipe', 'pipe']),
      'ipc',
    ],
  });

  const lines = [];
  const log = options.log && openLog(options.log);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) {
      createInterface({ input: stream }).on('line', line => {
        lines.push(line);
        lines.splice(0, lines.length - TAIL_LINES);
        log?.write(`${line}\n`);
        options.onLine?.(line);
      });
    }
  }

  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      signalGroup(child.pid, 'SIGKILL');
      running.delete(child.pid);
      log?.end();
      resolve(code ?? 1);
    });
  });
  let ending = false;
  const handle = {
    ended,
    endedByItself: new Promise(resolve => {
      ended.then(code => !ending && resolve(code));
    }),
    tail: () => lines.join('\n'),
    async end() {
      ending = true;
      signalGroup(child.pid, 'SIGTERM');
      const timer = setTimeout(
        () => signalGroup(child.pid, 'SIGKILL'),
        GRACE_MS,
      );
      await ended;
      clearTimeout(timer);
    },
    kill: () => signalGroup(child.pid, 'SIGKILL'),
  };
  running.set(child.pid, handle);
  return handle;
}

/**
 * Runs a command until it ends.
 *
 * @throws Problem with the end of its output if it fails
 */
export async function run(what, command, args, options) {
  const handle = start(command, args, options);
  const code = await handle.ended;
  if (code !== 0) {
    const where = options.log ? `\nAll of its output is in ${options.log}` : '';
    throw new Problem(
      `${what} failed (exit code ${code}):\n\n${handle.tail()}\n${where}`,
    );
  }
}

/** Ends all commands that are still running. */
export async function endAll() {
  await Promise.all([...running.values()].map(handle => handle.end()));
}

/**
 * Runs a program's main function. Ends its commands when it ends. Prints a `Problem` as a plain message.
 * Ctrl-C ends the program in order, a second Ctrl-C at once.
 */
export async function main(program) {
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, async () => {
      if (interrupted) {
        running.forEach(handle => handle.kill());
        process.exit(130);
      }
      interrupted = true;
      complain('\nStopping …');
      await endAll();
      process.exit(signal === 'SIGTERM' ? 143 : 130);
    });
  }

  try {
    await program();
  } catch (error) {
    if (interrupted) {
      return;
    }
    complain(error instanceof Problem ? `\n${error.message}` : error.stack);
    process.exitCode = 1;
  }
  if (!interrupted) {
    await endAll();
    process.exit();
  }
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file);
}

function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // ESRCH: the group has ended already.
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}
