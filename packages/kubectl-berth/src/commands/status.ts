import { fetchClusters } from '../device/fetchClusters';
import {
  choosePortal,
  knownPortals,
  signedInDevice,
} from '../device/knownPortals';
import { clockNote, fetchPortal } from '../http/fetchPortal';
import { Problem } from '../Problem';
import { localTime } from './login';
import { Command } from './types';

export const status: Command = {
  help: `Usage: kubectl berth status [PORTAL]

Shows the sign-ins of this computer, and asks the portals whether they still have them. Ends with 1 where one of
them is over, and where there is none.

  PORTAL  address of a portal; all that you are signed in to by default
`,
  positionals: 1,
  async run(_values, [named]) {
    const portals =
      named === undefined ? knownPortals() : [choosePortal(named, 'status')];
    if (portals.length === 0) {
      choosePortal(undefined, 'status');
    }
    for (const portal of portals) {
      await describe(portal);
    }
  },
};

async function describe(portal: string): Promise<void> {
  try {
    const device = signedInDevice(portal);
    const { clockOffset } = await fetchPortal(portal);
    const { items } = await fetchClusters(device);
    print(portal);
    print(`  signed in as  ${device.user}`);
    print(`  until         ${localTime(device.endsAt)}`);
    print(`  computer      ${device.name}`);
    print(`  clusters      ${items.length}`);
    const note = clockNote(clockOffset);
    if (note) {
      print(`  ${note}`);
    }
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    print(portal);
    print(`  ${error.message}`);
    process.exitCode = 1;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
