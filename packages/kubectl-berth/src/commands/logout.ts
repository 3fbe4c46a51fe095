import { rmSync } from 'node:fs';
import { portalFolders } from '../cache/folders';
import { Device } from '../device/Device';
import { DeviceSession } from '../device/DeviceSession';
import { choosePortal, signedInDevice } from '../device/knownPortals';
import { Problem } from '../Problem';
import { Command } from './types';

export const logout: Command = {
  help: `Usage: kubectl berth logout [PORTAL]

Ends the sign-in of this computer at the portal, and deletes its key and its tokens. The kubeconfig has no secret and
stays as it is; "kubectl berth setup --remove" removes the clusters of the portal from the file.

  PORTAL  address of the portal; the one that you are signed in to by default
`,
  positionals: 1,
  async run(_values, [named]) {
    const portal = choosePortal(named, 'logout');
    const { host } = new URL(portal);
    const failure = await end(signedInDevice(portal));
    const { state, cache } = portalFolders(portal);
    for (const folder of [state, cache]) {
      if (folder) {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    if (failure) {
      throw new Problem(
        `The key of this computer is deleted, but the portal could not end the sign-in: ${failure} To end it there, open the page "Set up kubectl" of the portal.`,
      );
    }
    process.stdout.write(`You are signed out of ${host}.\n`);
  },
};

/** Ends the sign-in at the portal. Returns why that was not possible. */
async function end(device: Device): Promise<string | undefined> {
  try {
    await new DeviceSession(device.portal, device, device.clockOffset).call({
      act: 'end',
    });
    return undefined;
  } catch (error) {
    if (error instanceof Problem) {
      return error.message;
    }
    throw error;
  }
}
