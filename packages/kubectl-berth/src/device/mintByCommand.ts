import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { requestJson } from '../http/requestJson';
import { Problem } from '../Problem';
import { refusalOf } from './DeviceSession';

const NAME = 'KUBECTL_BERTH_PORTAL_TOKEN_COMMAND';
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 64 * 1024;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Gets a token for a cluster with a token for the portal, which a command of the person prints. The command runs in a
 * shell, with the rights and variables of the person; nothing of the kubeconfig or the portal is part of it.
 *
 * @throws Problem that contains nothing of what the command printed
 */
export async function mintByCommand(
  command: string,
  options: { portal: string; cluster: string; clusterId: string },
): Promise<Record<string, unknown>> {
  const { portal, cluster, clusterId } = options;
  const answer = await requestJson(
    `${portal}/api/berth/clusters/${encodeURIComponent(cluster)}/token`,
    {},
    await portalToken(command),
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

async function portalToken(command: string): Promise<string> {
  const running = promisify(exec)(command, {
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
    windowsHide: true,
  });
  // kubectl's input is not for the command.
  running.child.stdin?.end();
  let printed: string;
  try {
    printed = (await running).stdout.trim();
  } catch (error) {
    throw new Problem(`${NAME} failed: ${reasonOf(error)}.`);
  }
  if (!JWT.test(printed)) {
    throw new Problem(
      `${NAME} must print a token for the portal, which is a JWT, and nothing else.`,
    );
  }
  return printed;
}

function reasonOf(error: unknown): string {
  const { code, killed } = error as { code?: unknown; killed?: boolean };
  if (killed) {
    return `it did not end within ${TIMEOUT_MS / 1000} seconds`;
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
