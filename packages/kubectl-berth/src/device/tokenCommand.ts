import { join } from 'node:path';
import { ownFolders } from '../cache/folders';
import { parseObject, readPrivateFile } from '../cache/privateFiles';
import { portalAddress } from '../http/portalAddress';
import { Problem } from '../Problem';

/** A command of the person that prints a token for one portal. */
export interface TokenCommand {
  /** The file that has the command. */
  path: string;
  /** The only portal that gets what the command prints. */
  portal: string;
  /** Runs in a shell. */
  command: string;
}

/**
 * Reads the command from the person's file. A variable would not do: a kubeconfig sets variables.
 *
 * @throws Problem for a file that is not private, or damaged
 */
export function readTokenCommand(): TokenCommand | undefined {
  const { config } = ownFolders();
  if (!config) {
    return undefined;
  }
  const path = join(config, 'token-command.json');
  const { text, refused } = readPrivateFile(path);
  if (refused) {
    throw new Problem(
      `The command for a token is not used: ${refused}. The file needs the mode 600, and its folder 700.`,
    );
  }
  if (text === undefined) {
    return undefined;
  }
  const { portal, command } = parseObject(text) ?? {};
  if (typeof portal !== 'string' || typeof command !== 'string' || !command) {
    throw new Problem(
      `${path} must be a JSON object with the texts "portal" and "command".`,
    );
  }
  return { path, portal: portalAddress(portal), command };
}
