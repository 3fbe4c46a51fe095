import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolders, portalFolders } from '../cache/folders';
import { readPrivateJson } from '../cache/privateFiles';
import { portalAddress } from '../http/portalAddress';
import { Problem } from '../Problem';
import { Device, deviceFile, readDevice } from './Device';

/** Returns the addresses of the portals that this computer is signed in to. */
export function knownPortals(): string[] {
  const { state } = ownFolders();
  return folders(state)
    .map(name => readPrivateJson(deviceFile(join(state!, name)))?.portal)
    .filter((portal): portal is string => typeof portal === 'string')
    .sort();
}

/**
 * Returns the portal that a person names, or the only one that this computer is signed in to.
 *
 * @throws Problem where the person must name one
 */
export function choosePortal(named: string | undefined, command: string) {
  if (named !== undefined) {
    return portalAddress(named);
  }
  const known = knownPortals();
  if (known.length > 1) {
    throw new Problem(
      `This computer is signed in to several portals. Name one:\n${known
        .map(portal => `  kubectl berth ${command} ${portal}`)
        .join('\n')}`,
    );
  }
  if (known.length === 0) {
    throw new Problem(
      command === 'login'
        ? 'Name the portal, for example: kubectl berth login https://portal.example.com'
        : 'You are not signed in to a portal. Run: kubectl berth login https://portal.example.com',
    );
  }
  return known[0];
}

/**
 * Returns the sign-in to the portal.
 *
 * @throws Problem where there is none
 */
export function signedInDevice(portal: string): Device {
  const { state } = portalFolders(portal);
  const { device, refused } = state ? readDevice(state, portal) : {};
  if (device) {
    return device;
  }
  const { host } = new URL(portal);
  throw new Problem(
    refused
      ? `The sign-in to ${host} is not used: ${refused}. Run: kubectl berth login ${portal}`
      : `You are not signed in to ${host}. Run: kubectl berth login ${portal}`,
  );
}

function folders(parent: string | undefined): string[] {
  try {
    return parent ? readdirSync(parent) : [];
  } catch {
    return [];
  }
}
