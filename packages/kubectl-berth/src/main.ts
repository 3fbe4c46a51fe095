import { portalFolders } from './cache/folders';
import { readToken } from './cache/tokenCache';
import { readDevice } from './device/Device';
import { knownApiVersion, printCredential } from './execCredential';

/*
 * kubectl starts this program for each command, so a token in the cache must be quick: this file and what it imports
 * load parts of Node that Node has loaded already. `build.mjs` keeps everything else in one function, which runs
 * only where there is no such token.
 */

/** Prints a cached token. Returns false where there is none, or for arguments that the whole program must read. */
function printCachedToken([command, ...args]: string[]): boolean {
  const values: Record<string, string> = {};
  for (const arg of args) {
    const match = /^--(portal|cluster|cluster-id)=(.+)$/.exec(arg);
    if (!match) {
      return false;
    }
    values[match[1]] = match[2];
  }
  const { portal, 'cluster-id': clusterId } = values;
  if (command !== 'credential' || !portal || !/^\w+$/.test(clusterId ?? '')) {
    return false;
  }
  const { state, cache } = portalFolders(portal);
  const device = state && readDevice(state, portal).device;
  const token =
    device && cache && readToken(cache, clusterId, device.id, Date.now());
  const apiVersion = token && knownApiVersion();
  if (!apiVersion) {
    return false;
  }
  printCredential(apiVersion, token);
  return true;
}

if (!printCachedToken(process.argv.slice(2))) {
  import('./program').then(({ runProgram }) =>
    runProgram(process.argv.slice(2)),
  );
}
