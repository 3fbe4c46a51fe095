import { join } from 'node:path';
import { parseObject, readPrivateFile, writePrivateFile } from './privateFiles';

/** A token for one cluster. Times are of this computer's clock, so that a wrong clock does not matter. */
export interface ClusterToken {
  token: string;
  /** Milliseconds since 1970. */
  obtainedAt: number;
  /** Milliseconds for which the token is used, which is less than it is valid. */
  goodFor: number;
}

export interface CachedToken extends ClusterToken {
  /** The ID of the device that got the token. */
  device: string;
}

/** Returns the token of a cluster if it is still good. */
export function readToken(
  folder: string,
  clusterId: string,
  device: string,
  now: number,
): CachedToken | undefined {
  const { text } = readPrivateFile(tokenFile(folder, clusterId));
  const found = text === undefined ? undefined : parseObject(text);
  if (!found) {
    return undefined;
  }
  const { token, obtainedAt, goodFor } = found;
  return typeof token === 'string' &&
    typeof obtainedAt === 'number' &&
    typeof goodFor === 'number' &&
    found.device === device &&
    obtainedAt <= now &&
    now < obtainedAt + goodFor
    ? { token, obtainedAt, goodFor, device }
    : undefined;
}

export function writeToken(
  folder: string,
  clusterId: string,
  token: CachedToken,
): void {
  writePrivateFile(tokenFile(folder, clusterId), JSON.stringify(token));
}

function tokenFile(folder: string, clusterId: string): string {
  return join(folder, `${clusterId}.json`);
}
