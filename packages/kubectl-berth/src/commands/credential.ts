import { setTimeout as pause } from 'node:timers/promises';
import { Failures } from '../cache/Failures';
import { PortalFolders, portalFolders } from '../cache/folders';
import { MintLock } from '../cache/MintLock';
import {
  CachedToken,
  ClusterToken,
  readToken,
  writeToken,
} from '../cache/tokenCache';
import { Device, writeDevice } from '../device/Device';
import { signedInDevice } from '../device/knownPortals';
import { readTokenCommand, TokenCommand } from '../device/tokenCommand';
import { execApiVersion, printCredential } from '../execCredential';
import { portalAddress } from '../http/portalAddress';
import { Problem } from '../Problem';
import { SilentFailure } from '../SilentFailure';

/** How long a process waits for the token of another one. A mint takes 15 seconds at most. */
const WAIT_MS = 16_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 250;
/** A token is not used in the last minute of its life: the clock of the cluster can be ahead. */
const SPARE_S = 60;

export interface CredentialOptions {
  portal: string;
  cluster: string;
  clusterId: string;
  verbose: boolean;
}

/** Prints a token for kubectl, from the cache or from the portal. Prompts for nothing and opens no browser. */
export async function credential(options: CredentialOptions): Promise<void> {
  const apiVersion = execApiVersion();
  const target = { ...options, portal: portalAddress(options.portal) };
  const own = readTokenCommand();
  const token =
    own?.portal === target.portal
      ? await tokenByCommand(own, target)
      : await tokenByDevice(target, own);
  if (options.verbose) {
    reportToken(token);
  }
  printCredential(apiVersion, token);
}

/** Nothing is cached: who the person of the command is can change from one call to the next. */
async function tokenByCommand(
  own: TokenCommand,
  options: CredentialOptions,
): Promise<ClusterToken> {
  const { mintByCommand } = await import('../device/mintByCommand');
  return received(options.portal, () => mintByCommand(own, options));
}

async function tokenByDevice(
  options: CredentialOptions,
  own: TokenCommand | undefined,
): Promise<ClusterToken> {
  const { portal, clusterId } = options;
  const folders = portalFolders(portal);
  const failures =
    folders.cache === undefined
      ? undefined
      : new Failures(folders.cache, clusterId);
  try {
    const device = deviceOf(portal, own);
    const minter = {
      id: device.id,
      mint: () => mint(options, device, folders.state),
    };
    const token = await obtain(clusterId, minter, folders, failures);
    failures?.forget();
    return token;
  } catch (error) {
    const failure = failures ? recorded(error, failures) : error;
    throw failure instanceof Problem && failures?.mayPrint(Date.now()) === false
      ? new SilentFailure()
      : failure;
  }
}

/** @throws Problem where this computer is not signed in to the portal */
function deviceOf(portal: string, own: TokenCommand | undefined): Device {
  try {
    return signedInDevice(portal);
  } catch (error) {
    throw own && error instanceof Problem
      ? new Problem(
          `The command in ${own.path} is for ${own.portal}, and not for ${portal}. ${error.message}`,
        )
      : error;
  }
}

/** Gets tokens for a cluster from the portal. */
interface Minter {
  /** Tokens in the cache are used only if they came from the same source. */
  id: string;
  mint(): Promise<CachedToken>;
}

/** The portal has been asked in the last seconds, and refused. */
class RememberedFailure extends Problem {}

function recorded(error: unknown, failures: Failures): unknown {
  if (!(error instanceof Problem) || error instanceof RememberedFailure) {
    return error;
  }
  failures.record(error.message, Date.now());
  return new RememberedFailure(error.message);
}

/** Returns a token from the cache, from another process that gets one now, or from the portal. */
async function obtain(
  clusterId: string,
  minter: Minter,
  { cache }: Pick<PortalFolders, 'cache'>,
  failures: Failures | undefined,
): Promise<CachedToken> {
  if (!cache || !failures) {
    return minter.mint();
  }
  const ask = () =>
    minter.mint().catch(error => {
      // While this process has the lock, so that no other one asks the portal again.
      throw recorded(error, failures);
    });
  const known = () => {
    const token = readToken(cache, clusterId, minter.id, Date.now());
    const failure = token ? undefined : failures.recent(Date.now());
    if (failure) {
      throw new RememberedFailure(failure);
    }
    return token;
  };
  const lock = new MintLock(cache, clusterId);
  const waitUntil = performance.now() + WAIT_MS;
  let wait = FIRST_PAUSE_MS;
  while (performance.now() < waitUntil) {
    const token = known();
    if (token) {
      return token;
    }
    const taken = take(lock);
    if (taken === undefined) {
      return ask();
    }
    if (taken) {
      // Another process may have got a token, or a refusal, just before.
      return whileLocked(
        lock,
        async () => known() ?? keep(cache, clusterId, await ask()),
      );
    }
    if (!lock.breakStale()) {
      await pause(wait);
      wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS);
    }
  }
  return keep(cache, clusterId, await ask());
}

/** Returns undefined where there can be no lock: the folder is not private or not writable. */
function take(lock: MintLock): boolean | undefined {
  try {
    return lock.take();
  } catch {
    return undefined;
  }
}

async function whileLocked<T>(
  lock: MintLock,
  action: () => Promise<T>,
): Promise<T> {
  const interrupted = (signal: NodeJS.Signals) => {
    lock.release();
    process.removeListener(signal, interrupted);
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    return await action();
  } finally {
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', interrupted);
    tidy(lock);
  }
}

function tidy(lock: MintLock): void {
  try {
    lock.removeLeftovers();
  } catch {
    // Another process removes them.
  }
  try {
    lock.release();
  } catch {
    // The lock becomes stale.
  }
}

function keep(
  folder: string,
  clusterId: string,
  token: CachedToken,
): CachedToken {
  try {
    writeToken(folder, clusterId, token);
  } catch {
    // The next process gets a token of its own.
  }
  return token;
}

async function mint(
  { portal, cluster, clusterId }: CredentialOptions,
  device: Device,
  stateFolder: string | undefined,
): Promise<CachedToken> {
  // A process that waits for another one has no need of the parts of Node for TLS.
  const { DeviceSession } = await import('../device/DeviceSession');
  const session = new DeviceSession(portal, device, device.clockOffset);
  const token = await received(portal, () =>
    session.call({ act: 'credential', cluster, clusterId }),
  );
  if (session.clockOffset !== device.clockOffset && stateFolder) {
    keepClockOffset(stateFolder, device, session.clockOffset);
  }
  return { ...token, device: device.id };
}

/** @throws Problem if the answer has no token */
async function received(
  portal: string,
  ask: () => Promise<Record<string, unknown>>,
): Promise<ClusterToken> {
  const obtainedAt = Date.now();
  const { token, expiresIn } = await ask();
  if (
    typeof token !== 'string' ||
    typeof expiresIn !== 'number' ||
    !(expiresIn > 0)
  ) {
    throw new Problem(`${new URL(portal).host} answered without a token.`);
  }
  return {
    token,
    obtainedAt,
    goodFor: Math.max(expiresIn - SPARE_S, expiresIn / 2) * 1000,
  };
}

function keepClockOffset(
  stateFolder: string,
  device: Device,
  clockOffset: number,
): void {
  try {
    writeDevice(stateFolder, { ...device, clockOffset });
  } catch {
    // The next call finds the offset again.
  }
}

/** Prints the ID of the token, which the portal's log has too, and never the token. */
function reportToken({ token, obtainedAt, goodFor }: ClusterToken): void {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url');
  const jti = /"jti":"([\w-]{1,64})"/.exec(claims.toString('utf8'))?.[1];
  const left = Math.round((obtainedAt + goodFor - Date.now()) / 1000);
  process.stderr.write(
    `Token ${jti ?? 'without an ID'}, used for ${left} more seconds\n`,
  );
}
