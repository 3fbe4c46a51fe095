import { InputError } from '@backstage/errors';
import { DatabaseActivityLog } from '../audit';
import { findEncryptionSecrets } from '../crypto/encryptionSecrets';
import { openKeyRing } from '../issuer/keys/openKeyRing';
import { redact } from '../kube';
import { changeKeys } from './changeKeys';
import { Terminal } from './confirm';
import { loadConfig } from './loadConfig';
import { openPortalDatabase } from './openPortalDatabase';
import { KeysActivity } from './KeysActivity';
import { KeysCommand, parseArguments, USAGE } from './parseArguments';
import { keyTable } from './keyTable';
import { warningsTo } from './warningsTo';

/** 0: done. 1: failed or not confirmed. 2: wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** Runs the command `berth-keys` and returns its exit code. */
export async function runKeysCommand(
  argv: string[],
  terminal: Terminal,
): Promise<ExitCode> {
  let command: KeysCommand;
  try {
    command = parseArguments(argv);
    assertConfirmable(command, terminal);
  } catch (error) {
    complain(terminal, error);
    terminal.errors.write('"berth-keys --help" shows the usage\n');
    return 2;
  }
  if (command.name === 'help') {
    terminal.output.write(USAGE);
    return 0;
  }
  try {
    return await run(command, terminal);
  } catch (error) {
    complain(terminal, error);
    return 1;
  }
}

function assertConfirmable({ name, yes }: KeysCommand, { input }: Terminal) {
  if ((name === 'rotate' || name === 'revoke') && !yes && !input.isTTY) {
    throw new InputError(
      'This needs a confirmation, but the input is not a terminal; add --yes',
    );
  }
}

async function run(
  command: KeysCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const logger = warningsTo(terminal.errors);
  const config = await loadConfig(command.config);
  const database = await openPortalDatabase(config, logger);
  try {
    const production = process.env.NODE_ENV === 'production';
    const keyRing = await openKeyRing({
      config,
      database: database.client,
      encryptionSecrets: await findEncryptionSecrets({ config, production }),
      logger,
      production,
    });
    const log = DatabaseActivityLog.create(database.client, {
      groupIdentities: async () => [],
    });
    const activity = new KeysActivity(log, logger.warn);
    const keys = await changeKeys(command, keyRing, activity, terminal);
    if (!keys) {
      terminal.errors.write('Nothing was changed\n');
      return 1;
    }
    terminal.output.write(
      command.json ? `${JSON.stringify(keys, undefined, 2)}\n` : keyTable(keys),
    );
    return 0;
  } finally {
    await database.close();
  }
}

function complain({ errors }: Terminal, error: unknown) {
  const message = error instanceof Error ? error.message : `${error}`;
  errors.write(`berth-keys: ${redact(message)}\n`);
}
