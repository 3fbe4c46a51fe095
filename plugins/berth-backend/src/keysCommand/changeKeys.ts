import { KeyRingAdministration, KeySummary } from '../issuer/keys/types';
import { confirm, Terminal } from './confirm';
import {
  describeRevocation,
  describeRotation,
  kidsToRevoke,
} from './describeChange';
import { KeysActivity } from './KeysActivity';
import { KeysCommand } from './parseArguments';

const ROTATED = 'Done. Running backends follow within 5 seconds';
const REVOKED = `${ROTATED}. Now make every API server read the keys again: step 2 of docs/admin/signing-keys.md`;

/**
 * Runs the command after confirmation.
 *
 * @returns the keys after the change, or undefined if it was not confirmed
 * @throws NotFoundError naming keys that are not in the ring
 */
export async function changeKeys(
  command: KeysCommand,
  keyRing: KeyRingAdministration,
  activity: KeysActivity,
  terminal: Terminal,
): Promise<KeySummary[] | undefined> {
  const keys = await keyRing.list();
  if (command.name === 'rotate') {
    return change(describeRotation(keys), ROTATED, () =>
      activity.record('key-rotate', [], () => keyRing.rotate()),
    );
  }
  if (command.name === 'revoke') {
    const kids = kidsToRevoke(keys, command.kids);
    if (kids.length === 0) {
      terminal.errors.write('These keys are already revoked\n');
      return keys;
    }
    return change(describeRevocation(keys, kids), REVOKED, () =>
      activity.record('key-revoke', kids, () => keyRing.revoke(kids)),
    );
  }
  return keys;

  async function change(
    description: string,
    done: string,
    act: () => Promise<KeySummary[]>,
  ): Promise<KeySummary[] | undefined> {
    if (!command.yes && !(await confirm(terminal, description))) {
      return undefined;
    }
    const after = await act();
    terminal.errors.write(`${done}\n`);
    return after;
  }
}
