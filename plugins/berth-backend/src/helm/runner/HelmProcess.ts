import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { HelmLimits } from './limits';

export interface HelmProcessOptions {
  /** The absolute path of the program, and its arguments. No shell reads them. */
  command: readonly string[];
  /** The folder in which the program starts. */
  folder: string;
  /** All environment variables. */
  env: Record<string, string>;
  input?: string;
  limits: HelmLimits;
  /** Ends the process with SIGTERM, and with SIGKILL if it does not end. */
  signal: AbortSignal;
  onErrorLine(line: string): void;
}

export interface HelmExit {
  /** Absent if a signal ended the process. */
  exitCode?: number;
  stdout: string;
  stderr: string;
  truncated: boolean;
}

/**
 * Runs a program in a process group of its own.
 *
 * @throws Error if the program cannot be started
 */
export async function runHelmProcess(
  options: HelmProcessOptions,
): Promise<HelmExit> {
  const { command, env, folder, input, limits, onErrorLine, signal } = options;
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    detached: true,
    env,
    shell: false,
    stdio: 'pipe',
  });
  yieldToPortal(child);
  let kill: NodeJS.Timeout | undefined;
  const onAbort = () => {
    signalGroup(child, 'SIGTERM');
    kill = setTimeout(() => signalGroup(child, 'SIGKILL'), limits.termMs);
  };
  const closed = once(child, 'close');
  try {
    if (!child.stdin) {
      // Without free file descriptors, a child has no pipes, and reports the error next.
      await closed;
    }
    // A program that ends before it has read all of its input is no error.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const out = collect(child.stdout, limits.stdoutBytes);
    const err = collect(child.stderr, limits.stderrBytes, onErrorLine);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) {
      onAbort();
    }
    const [code] = (await closed) as [number | null];
    return {
      ...(code !== null && { exitCode: code }),
      stdout: out.text(),
      stderr: err.text(),
      truncated: out.truncated() || err.truncated(),
    };
  } finally {
    clearTimeout(kill);
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * Lowers the priority of a process below that of the portal, whose pages stay quick while several helm programs run. Call
 * right after the start: threads and programs that the process starts later have the same priority.
 */
function yieldToPortal({ pid }: ChildProcess) {
  if (pid === undefined) {
    return;
  }
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // The process has ended.
  }
}

function signalGroup(
  { exitCode, pid, signalCode }: ChildProcess,
  name: NodeJS.Signals,
) {
  if (pid === undefined || exitCode !== null || signalCode !== null) {
    return;
  }
  try {
    process.kill(-pid, name);
  } catch {
    // The group has ended.
  }
}

/** Keeps the first bytes of an output, and reads on. */
function collect(
  output: Readable,
  most: number,
  onLine: (line: string) => void = () => {},
) {
  const parts: Buffer[] = [];
  let size = 0;
  let truncated = false;
  let line = '';
  output.on('data', (part: Buffer) => {
    const kept = part.subarray(0, most - size);
    truncated ||= kept.length < part.length;
    if (kept.length > 0) {
      size += kept.length;
      parts.push(kept);
      const lines = (line + kept.toString('utf8')).split('\n');
      line = lines.pop()!;
      lines.filter(text => text.trim() !== '').forEach(onLine);
    }
  });
  return {
    text: () => Buffer.concat(parts).toString('utf8'),
    truncated: () => truncated,
  };
}
