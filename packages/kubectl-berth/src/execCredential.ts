import { writeSync } from 'node:fs';
import { parseObject } from './cache/privateFiles';
import { ClusterToken } from './cache/tokenCache';
import { Problem } from './Problem';

const GROUP = 'client.authentication.k8s.io';
const VERSIONS = [`${GROUP}/v1`, `${GROUP}/v1beta1`];

/**
 * Returns the API version that kubectl expects in the answer; undefined for one that this program does not know.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats
 */
export function knownApiVersion(
  info = process.env.KUBERNETES_EXEC_INFO,
): string | undefined {
  const asked = info ? parseObject(info)?.apiVersion : VERSIONS[0];
  return VERSIONS.find(version => version === asked);
}

/** @throws Problem for a version that this program does not know */
export function execApiVersion(info?: string): string {
  const version = knownApiVersion(info);
  if (!version) {
    throw new Problem(
      `kubectl asks for another version of ${GROUP} than v1 and v1beta1, which kubectl-berth knows. Run: kubectl berth setup`,
    );
  }
  return version;
}

/** Prints the answer for kubectl: the only text that `credential` writes to stdout. */
export function printCredential(
  apiVersion: string,
  { token, obtainedAt, goodFor }: ClusterToken,
): void {
  writeAll(
    `${JSON.stringify({
      kind: 'ExecCredential',
      apiVersion,
      status: {
        token,
        expirationTimestamp: new Date(obtainedAt + goodFor)
          .toISOString()
          .replace(/\.\d+Z$/, 'Z'),
      },
    })}\n`,
  );
}

/** Writes to stdout without `process.stdout`, which takes longer to load than all else that a cached token needs. */
function writeAll(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      // A pipe that does not block is full.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
        throw error;
      }
    }
  }
}
