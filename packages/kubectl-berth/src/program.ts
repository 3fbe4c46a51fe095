import { parseArgs } from 'node:util';
import { commands } from './commands';
import { Problem } from './Problem';
import { SilentFailure } from './SilentFailure';
import { VERSION } from './version';

/** Runs a command by its arguments. Sets the exit code: 1 for a failure, 2 for wrong arguments. */
export async function runProgram(argv: string[]): Promise<void> {
  // Connections always verify certificates. With the variable set, Node would print a warning that says otherwise.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  const [name = '--help', ...args] = argv;
  if (['--help', '-h', 'help'].includes(name)) {
    process.stdout.write(overview());
    return;
  }
  const listed = commands[name === '--version' ? 'version' : name];
  if (!listed) {
    fail(
      `kubectl-berth has no command ${JSON.stringify(name)}.\n\n${overview()}`,
      2,
    );
    return;
  }
  const command = await listed.load();
  let values;
  let positionals;
  try {
    ({ values, positionals } = parseArgs({
      args,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    }));
  } catch (error) {
    fail(`${(error as Error).message}\n\n${command.help}`, 2);
    return;
  }
  if (values.help) {
    process.stdout.write(command.help);
    return;
  }
  if (positionals.length > (command.positionals ?? 0)) {
    fail(`Too many arguments.\n\n${command.help}`, 2);
    return;
  }
  try {
    await command.run(values, positionals);
  } catch (error) {
    report(error);
  }
}

function report(error: unknown): void {
  if (error instanceof SilentFailure) {
    process.exitCode = 1;
  } else if (error instanceof Problem) {
    fail(error.message, 1);
  } else {
    // The stack names files of the program and nothing of the person.
    fail(`kubectl-berth ${VERSION} failed: ${(error as Error).stack}`, 1);
  }
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message.trimEnd()}\n`);
  process.exitCode = exitCode;
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map(name => name.length));
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return `Usage: kubectl berth COMMAND

Signs kubectl in to a portal with Berth, and gets tokens for its clusters.

${lines.join('\n')}

Run "kubectl berth COMMAND --help" for the options of a command.
`;
}
