import { InputError } from '@backstage/errors';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { CHART_FILE } from './files';
import { HelmCommand, HelmMode, InstallCommand, UpgradeCommand } from './types';

const RELEASE =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_RELEASE = 53;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_KEY =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const MAX_LABELS = 20;
const MAX_DESCRIPTION = 500;
const MAX_REVISION = 2 ** 31 - 1;
const MAX_HISTORY = 1000;
const MAX_WAIT_SECONDS = 3600;
const DEFAULT_HISTORY = 10;

/**
 * Returns the arguments of helm for a command. They are made from this list of options only. Texts follow a `=`, and
 * names a `--`, so that helm takes none of them for an option. No option reads a file or a URL that a person names.
 *
 * @param mode - for a preview, helm simulates the command
 * @throws InputError for a name, text or number that is not valid, and for a preview of tests
 */
export function helmArguments(command: HelmCommand, mode: HelmMode): string[] {
  const namespace = matching('namespace', command.namespace, NAMESPACE);
  const release = releaseName(command.release);
  return [
    command.kind,
    `--namespace=${namespace}`,
    ...options(command, mode),
    '--',
    release,
    ...operands(command),
  ];
}

function operands(command: HelmCommand): string[] {
  switch (command.kind) {
    case 'install':
    case 'upgrade':
      return [`./${CHART_FILE}`];
    case 'rollback':
      return [integer('revision', command.revision, 1, MAX_REVISION)];
    default:
      return [];
  }
}

function options(command: HelmCommand, mode: HelmMode): string[] {
  const waiting = optional(command.waitSeconds, seconds => [
    `--timeout=${integer('waitSeconds', seconds, 1, MAX_WAIT_SECONDS)}s`,
  ]);
  const preview = mode === 'preview';
  switch (command.kind) {
    case 'install':
      return [
        ...chartOptions(command, preview),
        ...objectOptions(command),
        ...waiting,
      ];
    case 'upgrade':
      return [
        ...chartOptions(command, preview),
        '--reset-values',
        ...history(command),
        ...objectOptions(command),
        ...waiting,
      ];
    case 'rollback':
      return [
        ...flag(preview, '--dry-run=server'),
        ...history(command),
        ...objectOptions(command),
        ...waiting,
      ];
    case 'uninstall':
      return [
        ...flag(preview, '--dry-run'),
        ...flag(command.keepHistory, '--keep-history'),
        ...flag(command.noHooks, '--no-hooks'),
        ...description(command),
        ...waiting,
      ];
    case 'test':
      if (preview) {
        throw new InputError('helm does not simulate the tests of a release');
      }
      return ['--logs', ...waiting];
    default:
      throw new InputError(
        `${quoteUntrusted(
          (command as { kind: unknown }).kind,
        )} is not a command for helm`,
      );
  }
}

function chartOptions(
  command: InstallCommand | UpgradeCommand,
  preview: boolean,
): string[] {
  return [
    // Read from the standard input, so that no file holds the values.
    '--values=-',
    '--output=json',
    ...flag(preview, '--dry-run=server'),
    ...flag(command.rollbackOnFailure, '--rollback-on-failure'),
    ...flag(command.skipSchemaValidation, '--skip-schema-validation'),
    ...flag(command.skipCrds, '--skip-crds'),
    ...labels(command.labels),
    ...description(command),
  ];
}

function history({ historyMax = DEFAULT_HISTORY }: { historyMax?: number }) {
  return [`--history-max=${integer('historyMax', historyMax, 1, MAX_HISTORY)}`];
}

function objectOptions(command: {
  noHooks?: boolean;
  forceConflicts?: boolean;
}): string[] {
  return [
    ...flag(command.noHooks, '--no-hooks'),
    ...flag(command.forceConflicts, '--force-conflicts'),
  ];
}

function description({ description: text }: { description?: string }) {
  return optional(text, given => {
    if (given.length > MAX_DESCRIPTION || /\p{Cc}/u.test(given)) {
      throw new InputError(
        `description must have at most ${MAX_DESCRIPTION} characters, without control characters`,
      );
    }
    return [`--description=${given}`];
  });
}

/** helm divides the labels by commas, which the names and values of labels never have. */
function labels(given: Record<string, string> = {}): string[] {
  const pairs = Object.entries(given);
  if (pairs.length > MAX_LABELS) {
    throw new InputError(`labels must be at most ${MAX_LABELS}`);
  }
  return pairs.map(
    ([key, value]) =>
      `--labels=${matching('labels', key, LABEL_KEY)}=${matching(
        `labels.${key}`,
        value,
        LABEL_VALUE,
      )}`,
  );
}

function releaseName(name: string): string {
  if (String(name).length > MAX_RELEASE) {
    throw new InputError(
      `release ${quoteUntrusted(
        name,
      )} must have at most ${MAX_RELEASE} characters`,
    );
  }
  return matching('release', name, RELEASE);
}

function matching(field: string, value: string, rule: RegExp): string {
  if (typeof value !== 'string' || !rule.test(value)) {
    throw new InputError(
      `${field} ${quoteUntrusted(value)} must match ${rule.source}`,
    );
  }
  return value;
}

function integer(
  field: string,
  value: number,
  least: number,
  most: number,
): string {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InputError(
      `${field} ${quoteUntrusted(
        value,
      )} must be a whole number from ${least} to ${most}`,
    );
  }
  return String(value);
}

function flag(wanted: boolean | undefined, argument: string): string[] {
  return wanted === true ? [argument] : [];
}

function optional<T>(value: T | undefined, write: (value: T) => string[]) {
  return value === undefined ? [] : write(value);
}
