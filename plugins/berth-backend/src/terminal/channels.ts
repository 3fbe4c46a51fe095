import { TerminalShell } from '@berth/plugin-berth-common';
import { PODS, redact } from '../kube';
import { subresourcePath } from '../kube/objectPath';
import { ContainerAddress, PodSubresource, TerminalEnd } from './types';

/*
 * The protocol of `pods/exec` over a WebSocket: the first byte of each message names its channel. Version 5, since
 * Kubernetes 1.30, also closes a channel.
 */

export const EXEC_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/**
 * The protocol of `pods/portforward`, since Kubernetes 1.31: each message has bytes of a SPDY connection.
 *
 * @see https://kep.k8s.io/4006
 */
export const PORT_FORWARD_PROTOCOL = 'SPDY/3.1+portforward.k8s.io';

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;
export const STATUS = 3;
export const RESIZE = 4;
export const CLOSE = 255;

const COMMANDS: Record<TerminalShell, string[]> = {
  auto: ['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash; exec sh'],
  bash: ['bash'],
  sh: ['sh'],
};

/** Returns the path and query that start a shell. */
export function execRequest(
  { namespace, pod, container }: ContainerAddress,
  shell: TerminalShell,
): { path: string; query: URLSearchParams } {
  const query = new URLSearchParams({
    container,
    stdin: 'true',
    stdout: 'true',
    stderr: 'false',
    tty: 'true',
  });
  COMMANDS[shell].forEach(word => query.append('command', word));
  return { path: podPath({ namespace, pod }, 'exec'), query };
}

/**
 * Returns the path that opens a connection to a pod.
 *
 * @throws InputError for names that would result in another path
 */
export function podPath(
  { namespace, pod }: Pick<ContainerAddress, 'namespace' | 'pod'>,
  subresource: PodSubresource,
): string {
  return subresourcePath(PODS, { namespace, name: pod }, subresource);
}

/** Returns the message for a channel. */
export function frame(channel: number, data: Uint8Array | string): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  return Buffer.concat([Uint8Array.of(channel), bytes]);
}

/**
 * Returns the messages that end the input: a shell ends at the end of its input, and what runs in it may not. Without
 * a terminal, Ctrl+D is data like any other.
 */
export function endOfInput(protocol: string, tty: boolean): Buffer[] {
  return [
    ...(tty ? [frame(STDIN, '\x04')] : []),
    ...(protocol === EXEC_PROTOCOLS[0] ? [Buffer.of(CLOSE, STDIN)] : []),
  ];
}

interface ExecStatus {
  status?: unknown;
  message?: unknown;
  reason?: unknown;
  details?: { causes?: { reason?: unknown; message?: unknown }[] };
}

const NO_SHELL = /executable file not found|no such file or directory/i;

/** Explains the last message of a container, which is a Status. */
export function endOf(payload: string, shell: TerminalShell): TerminalEnd {
  const status = parse(payload);
  if (status?.status === 'Success') {
    return { cause: 'Exited', message: 'The shell ended' };
  }
  const causes = status?.details?.causes;
  const code = Array.isArray(causes)
    ? causes.find(({ reason }) => reason === 'ExitCode')?.message
    : undefined;
  const message = String(status?.message ?? '');
  if (NO_SHELL.test(message)) {
    return {
      cause: 'ShellMissing',
      message: `The container has no ${
        shell === 'auto' ? 'shell: neither bash nor sh' : `program ${shell}`
      }`,
    };
  }
  if (typeof code === 'string' && /^\d{1,3}$/.test(code)) {
    return { cause: 'Exited', message: `The shell ended with code ${code}` };
  }
  return {
    cause: 'Failed',
    message: `The cluster ended the shell${message && `: ${redact(message)}`}`,
  };
}

function parse(payload: string): ExecStatus | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
