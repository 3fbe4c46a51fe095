import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { quoteUntrusted } from '../text/quoteUntrusted';

/** The settings under `berth.kubectl`. */
export interface KubectlSettings {
  enabled: boolean;
  /** How long a computer stays signed in. */
  signInLifetimeMs: number;
  devicesPerPerson: number;
  /** Where the installers get Node.js, without a slash at its end. */
  nodeMirror: string;
}

const ROOT = 'berth.kubectl';
const HOUR_MS = 60 * 60_000;
const MOST_DEVICES = 100;
/** Characters that have no meaning in a shell, in quotes or without. */
const PLAIN_URL = /^https:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[A-Za-z0-9._~%+@-]*)*$/;

/** @throws InputError naming the setting, the value and the rule */
export function readKubectlSettings(config: Config): KubectlSettings {
  const devicesPerPerson =
    config.getOptionalNumber(`${ROOT}.devicesPerPerson`) ?? 10;
  if (
    !Number.isInteger(devicesPerPerson) ||
    devicesPerPerson < 1 ||
    devicesPerPerson > MOST_DEVICES
  ) {
    throw new InputError(
      `${ROOT}.devicesPerPerson is ${devicesPerPerson}, but it must be a whole number from 1 to ${MOST_DEVICES}`,
    );
  }
  const nodeMirror =
    config.getOptionalString(`${ROOT}.nodeMirror`) ?? 'https://nodejs.org/dist';
  if (!PLAIN_URL.test(nodeMirror)) {
    throw new InputError(
      `${ROOT}.nodeMirror is ${quoteUntrusted(
        nodeMirror,
      )}, but it must be an https:// address of letters, digits and . _ ~ % + @ - without user name and query`,
    );
  }
  return {
    enabled: config.getOptionalBoolean(`${ROOT}.enabled`) ?? true,
    signInLifetimeMs: readLifetime(config),
    devicesPerPerson,
    nodeMirror: nodeMirror.replace(/\/+$/, ''),
  };
}

function readLifetime(config: Config): number {
  const setting = `${ROOT}.signInLifetime`;
  if (!config.has(setting)) {
    return 12 * HOUR_MS;
  }
  const lifetime = durationToMilliseconds(
    readDurationFromConfig(config, { key: setting }),
  );
  if (!(lifetime >= HOUR_MS && lifetime <= 7 * 24 * HOUR_MS)) {
    throw new InputError(
      `${setting} is ${quoteUntrusted(
        config.get(setting),
      )}, but it must be from 1 hour to 7 days`,
    );
  }
  return lifetime;
}
