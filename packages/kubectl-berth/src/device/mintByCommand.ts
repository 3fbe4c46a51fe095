import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { CALL_MS, requestJson } from '../http/requestJson';
import { Problem } from '../Problem';
import { refusalOf } from './DeviceSession';
import { TokenCommand } from './tokenCommand';

const MAX_BYTES = 64 * 1024;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Gets a token for a cluster with a token for the portal, which a command of the person prints. The command is a text of
 * the person's file, to which nothing is added. It runs in a shell, with the rights of the person and the variables of this
 * process, which include those of `exec.env` in the kubeconfig.
 *
 * @param withinMs - for the command and the request together
 * @throws Problem that contains nothing of what the command printed
 */
export async function mintByCommand(
  { path, portal, command }: TokenCommand,
  options: { cluster: string; clusterId: string },
  withinMs = CALL_MS,
): Promise<Record<string, unknown>> {
  const { cluster, clusterId } = options;
  const began = performance.now();
  const token = await portalToken(command, path, withinMs);
  const answer = await requestJson(
    `${portal}/api/berth/clusters/${encodeURIComponent(cluster)}/token`,
    {},
    token,
    withinMs - (performance.now() - began),
  );
  if (answer.status >= 400) {
    throw refusalOf(answer, new URL(portal).host);
  }
  const body = answer.body ?? {};
  if (typeof body.token === 'string' && audienceOf(body.token) !== clusterId) {
    throw new Problem(
      `${cluster} is another cluster now than this kubeconfig was made for. Run: kubectl berth setup`,
    );
  }
  return body;
}

async function portalToken(
  command: string,
  path: string,
  timeout: number,
): Promise<string> {
  const running = promisify(exec)(command, {
    timeout,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_BYTES,
    windowsHide: true,
  });
  // kubectl's input is not for the command.
  running.child.stdin?.end();
  let printed: string;
  try {
    printed = (await running).stdout.trim();
  } catch (error) {
    throw new Problem(
      `The command in ${path} failed: ${reasonOf(error, timeout)}.`,
    );
  }
  if (!JWT.test(printed)) {
    throw new Problem(
      `The command in ${path} must print a token for the portal, which is a JWT, and nothing else.`,
    );
  }
  return printed;
}

function reasonOf(error: unknown, timeout: number): string {
  const { code, killed } = error as { code?: unknown; killed?: boolean };
  if (killed) {
    return `it did not end within ${timeout / 1000} seconds`;
  }
  return typeof code === 'number'
    ? `it ended with exit code ${code}`
    : 'it could not be run';
}

function audienceOf(token: string): unknown {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url');
  try {
    return JSON.parse(claims.toString('utf8')).aud;
  } catch {
    return undefined;
  }
}
