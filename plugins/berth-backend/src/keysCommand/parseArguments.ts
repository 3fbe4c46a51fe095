import { InputError } from '@backstage/errors';
import { parseArgs } from 'node:util';

export const USAGE = `Manages the signing keys of Berth's OIDC issuer, whether or not the backend runs.

  berth-keys list                      the keys and their states
  berth-keys rotate                    lets the next key take over, without interruption
  berth-keys revoke KID [KID ...]      withdraws keys at once
  berth-keys revoke --all              withdraws every key that tokens may be signed with

  --config FILE   as for the backend, may be repeated; app-config.yaml and app-config.local.yaml by default
  --yes           asks for no confirmation
  --json          prints the keys as JSON
  --help          prints this

Run it with the backend's configuration and environment: it opens the same database, and new keys are
encrypted under the same berth.keys.encryptionSecret. The exit code is 0 on success, 1 if it failed or
was not confirmed, and 2 for wrong usage.
`;

export interface CommandOptions {
  /** Paths of configuration files. Empty for the default ones. */
  config: string[];
  yes: boolean;
  json: boolean;
}

export type KeysCommand = CommandOptions &
  (
    | { name: 'help' | 'list' | 'rotate' }
    | { name: 'revoke'; kids: string[] | 'all' }
  );

/** @throws InputError describing the correct usage */
export function parseArguments(argv: string[]): KeysCommand {
  const dashed = argv.filter(isDashedKid);
  const { values, positionals } = parse(
    argv.filter(argument => !isDashedKid(argument)),
  );
  const { config = [], yes = false, json = false } = values;
  const options = { config, yes, json };
  const [name, ...undashed] = positionals;
  const kids = [...undashed, ...dashed];
  if (values.help) {
    return { name: 'help', ...options };
  }
  if (name === 'revoke') {
    return { name, kids: keysToRevoke(kids, values.all), ...options };
  }
  if (name !== 'list' && name !== 'rotate') {
    throw new InputError(
      name === undefined
        ? 'Say what to do: list, rotate or revoke'
        : `There is no command ${JSON.stringify(
            name,
          )}; there are list, rotate and revoke`,
    );
  }
  if (kids.length > 0 || values.all) {
    throw new InputError(`${name} takes no keys`);
  }
  return { name, ...options };
}

/** A kid is a SHA-256 thumbprint in base64url (RFC 7638), so one in 64 begins like an option. */
function isDashedKid(argument: string): boolean {
  return /^-[\w-]{42}$/.test(argument);
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
        config: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
      },
    });
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : `${error}`);
  }
}

function keysToRevoke(kids: string[], all = false): string[] | 'all' {
  if (all === kids.length > 0) {
    throw new InputError(
      'revoke takes either the kids of the keys to withdraw, as list shows them, or --all',
    );
  }
  return all ? 'all' : kids;
}
