import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { HELM_USUAL_MINUTES } from '@berth/plugin-berth-common';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { readPositiveNumber } from '../validation/readPositiveNumber';

const MINUTE_MS = 60_000;
const MOST_AT_A_TIME = 16;
const USUAL_HISTORY = 10;

/** Returns whether people can read Helm releases; true by default. */
export function isHelmEnabled(config: Config): boolean {
  return config.getOptionalBoolean('berth.helm.enabled') ?? true;
}

/** Returns whether releases in ConfigMaps are read, too; false by default. */
export function readsConfigMaps(config: Config): boolean {
  return config.getOptionalBoolean('berth.helm.configMapStorage') ?? false;
}

/** The most that `historyMax` can keep. */
const MOST_REVISIONS = 250;

/** The settings of operations on releases. */
export interface HelmWriteSettings {
  /** The path of helm; without it, releases can only be read. */
  binary?: string;
  /** Whether a computer without util-linux is refused. */
  sandbox: 'preferred' | 'required';
  /** How many operations run at the same time on a replica. */
  concurrency: number;
  /** How many revisions of a release helm keeps. */
  historyMax: number;
  /** After this time, helm is ended. */
  operationTimeoutMs: number;
  /** How long an operation waits until the objects of its release are ready; 0 for not at all. */
  readyMs: number;
}

/** @throws InputError naming the setting, the value and the rule */
export function readHelmWriteSettings(config: Config): HelmWriteSettings {
  const concurrency = readPositiveNumber(config, 'berth.helm.concurrency', 4);
  if (concurrency > MOST_AT_A_TIME) {
    throw new InputError(
      `berth.helm.concurrency is ${concurrency}, but it must be at most ${MOST_AT_A_TIME}: each helm needs about 100 MB of memory`,
    );
  }
  const binary = config.getOptionalString('berth.helm.binary');
  return {
    ...(binary !== undefined && { binary }),
    concurrency,
    historyMax: readHistoryMax(config),
    operationTimeoutMs: readTimeout(config, {
      name: 'operationTimeout',
      usual: HELM_USUAL_MINUTES.run * MINUTE_MS,
      least: MINUTE_MS,
      rule: 'from a minute to an hour',
    }),
    readyMs: readTimeout(config, {
      name: 'readyTimeout',
      usual: HELM_USUAL_MINUTES.ready * MINUTE_MS,
      least: 0,
      rule: 'from 0 to an hour',
    }),
    sandbox: readSandbox(config),
  };
}

function readHistoryMax(config: Config): number {
  const setting = 'berth.helm.historyMax';
  const most = config.getOptionalNumber(setting) ?? USUAL_HISTORY;
  if (!Number.isInteger(most) || most < 1 || most > MOST_REVISIONS) {
    throw new InputError(
      `${setting} is ${most}, but it must be a whole number from 1 to ${MOST_REVISIONS}: each change reads all revisions`,
    );
  }
  return most;
}

function readSandbox(config: Config): HelmWriteSettings['sandbox'] {
  const setting = 'berth.helm.sandbox';
  const sandbox = config.getOptionalString(setting) ?? 'preferred';
  if (sandbox !== 'preferred' && sandbox !== 'required') {
    throw new InputError(
      `${setting} is ${quoteUntrusted(
        sandbox,
      )}, but it must be "preferred" or "required"`,
    );
  }
  return sandbox;
}

function readTimeout(
  config: Config,
  {
    name,
    usual,
    least,
    rule,
  }: { name: string; usual: number; least: number; rule: string },
): number {
  const setting = `berth.helm.${name}`;
  if (!config.has(setting)) {
    return usual;
  }
  const timeout = durationToMilliseconds(
    readDurationFromConfig(config, { key: setting }),
  );
  if (!(timeout >= least && timeout <= 60 * MINUTE_MS)) {
    throw new InputError(
      `${setting} is ${Math.round(
        timeout / 1_000,
      )} seconds, but it must be ${rule}`,
    );
  }
  return timeout;
}
