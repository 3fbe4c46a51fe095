import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { portalFolders } from '../cache/folders';
import { makePrivateFolder } from '../cache/privateFiles';
import { CallbackServer, Confirmation } from '../device/CallbackServer';
import { computerName, connectLink } from '../device/connectLink';
import { Device, writeDevice } from '../device/Device';
import { createDeviceKey, DeviceKeyPair } from '../device/deviceKey';
import { DeviceSession } from '../device/DeviceSession';
import { isHeadless, openBrowser, thisMachine } from '../device/browser';
import { choosePortal } from '../device/knownPortals';
import { waitForConfirmation } from '../device/waitForConfirmation';
import { clockNote, fetchPortal, Portal } from '../http/fetchPortal';
import { Problem } from '../Problem';
import { setUpKubeconfig } from './setUpKubeconfig';
import { Command } from './types';

export const login: Command = {
  help: `Usage: kubectl berth login [PORTAL]

Signs this computer in to a portal: opens a page of the portal, where you confirm. Then adds your clusters to the
kubeconfig, as "kubectl berth setup" does. Without a browser on this computer, as over SSH, open the link on
another one, and paste the code that the page shows.

  PORTAL             address of the portal, such as https://portal.example.com; the one that you are signed
                     in to by default
  --no-browser       only print the link
  --no-setup         leave the kubeconfig as it is
  --name NAME        name of this computer in the portal; its host name by default
  --kubeconfig FILE  the file to set up; the first one of KUBECONFIG or ~/.kube/config by default
`,
  positionals: 1,
  options: {
    'no-browser': { type: 'boolean' },
    'no-setup': { type: 'boolean' },
    name: { type: 'string' },
    kubeconfig: { type: 'string' },
  },
  async run(values, [named]) {
    const portal = await fetchPortal(choosePortal(named, 'login'));
    assertWritable(portal);
    const name = computerName(
      typeof values.name === 'string' ? values.name : undefined,
    );
    const device = await connectDevice(
      portal,
      name,
      values['no-browser'] === true,
    );
    say(
      `\nYou are signed in to ${new URL(portal.address).host} as ${
        device.user
      } until ${localTime(device.endsAt)}.\n`,
    );
    const note = clockNote(portal.clockOffset);
    if (note) {
      say(`${note}\n`);
    }
    if (values['no-setup'] !== true) {
      await setUpKubeconfig(device, values.kubeconfig);
    }
  },
};

/** @throws Problem before the person confirms in vain */
function assertWritable({ address }: Portal): void {
  const { state } = portalFolders(address);
  if (!state) {
    throw new Problem(
      'There is no folder for the sign-in of this computer: set HOME or XDG_STATE_HOME.',
    );
  }
  try {
    makePrivateFolder(state);
  } catch (error) {
    throw new Problem(
      `The sign-in of this computer cannot be kept: ${
        (error as Error).message
      }`,
    );
  }
}

async function connectDevice(
  portal: Portal,
  name: string,
  noBrowser: boolean,
): Promise<Device> {
  const key = createDeviceKey();
  const machine = thisMachine();
  const headless = noBrowser || isHeadless(machine);
  const state = randomBytes(32).toString('base64url');
  const waiting = waitForConfirmation({
    input: process.stdin,
    callback: !headless,
    activate: confirmation => activate(portal, name, key, confirmation),
    say,
  });
  const server = headless
    ? undefined
    : await CallbackServer.listen(state, waiting.confirmed);
  try {
    const link = connectLink({
      app: portal.app,
      publicKey: key.publicKey,
      name,
      ...(server && { callback: { port: server.port, state } }),
    });
    say(`Confirm in the portal that this computer may use your clusters:

  ${link}

The page shows these words: ${key.words.join(' ')}

`);
    const opened = server !== undefined && (await openBrowser(link, machine));
    say(
      opened
        ? 'Your browser opens the page. If nothing happens then, paste the code of the page here: '
        : 'Open the link in a browser, and paste the code of the page here: ',
    );
    return await waiting.activated;
  } finally {
    server?.close();
  }
}

/** Sends the portal the code, which proves that the person confirmed this key, and keeps the sign-in. */
async function activate(
  portal: Portal,
  name: string,
  { privateKey }: DeviceKeyPair,
  { id, code }: Confirmation,
): Promise<Device> {
  const { address, app, issuer, clockOffset } = portal;
  const session = new DeviceSession(
    address,
    { id, privateKey, issuer },
    clockOffset,
  );
  const { user, endsAt } = await session.call({ act: 'activate', code });
  if (typeof user !== 'string' || typeof endsAt !== 'string') {
    throw new Problem(`${new URL(address).host} did not confirm the sign-in.`);
  }
  const device: Device = {
    portal: address,
    id,
    user,
    name,
    privateKey,
    issuer,
    app,
    endsAt,
    clockOffset: session.clockOffset,
  };
  const folders = portalFolders(address);
  writeDevice(folders.state!, device);
  if (folders.cache) {
    // Tokens and failures of an earlier sign-in.
    rmSync(folders.cache, { recursive: true, force: true });
  }
  return device;
}

/** Formats a time for a person at this computer. */
export function localTime(time: string): string {
  return new Date(time).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
}

function say(text: string): void {
  process.stderr.write(text);
}
