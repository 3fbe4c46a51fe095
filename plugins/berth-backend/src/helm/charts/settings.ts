import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError, isError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { checkBody } from '../../validation/parseBody';
import { createRepositorySchema, parseRepository } from './repositoryRequests';
import { RepositorySettings } from './types';

const ROOT = 'berth.helm';
const MINUTE_MS = 60_000;
const MEBIBYTE = 1024 * 1024;
/** Of the configuration and of the portal together. */
export const MOST_REPOSITORIES = 100;

/** The settings of chart repositories. */
export interface ChartSettings {
  repositories: RepositorySettings[];
  refreshIntervalMs: number;
  maxIndexBytes: number;
  /** Whether repositories on this machine may have http addresses. */
  httpOnLoopback: boolean;
}

/** @throws InputError naming the setting and the rule, and never a credential */
export function readChartSettings(
  config: Config,
  { production }: { production: boolean },
): ChartSettings {
  const httpOnLoopback =
    config.getOptionalBoolean(`${ROOT}.httpOnLoopback`) ?? false;
  if (httpOnLoopback && production) {
    throw new InputError(
      `${ROOT}.httpOnLoopback is true, but it is for development only; remove it`,
    );
  }
  return {
    httpOnLoopback,
    refreshIntervalMs: readInterval(config),
    maxIndexBytes: readMaxIndexBytes(config),
    repositories: readRepositories(config, httpOnLoopback),
  };
}

function readRepositories(
  config: Config,
  httpOnLoopback: boolean,
): RepositorySettings[] {
  const setting = `${ROOT}.repositories`;
  const entries = config.getOptional(setting) ?? [];
  if (!Array.isArray(entries) || entries.length > MOST_REPOSITORIES) {
    throw new InputError(
      `${setting} must be a list of at most ${MOST_REPOSITORIES} repositories`,
    );
  }
  const names = new Set<string>();
  return entries.map((entry, index) => {
    const fail = (rule: string) =>
      new InputError(`${setting}[${index}]: ${rule}`);
    const checked = checkBody(createRepositorySchema, entry);
    if ('problems' in checked) {
      const rules = checked.problems.map(({ message }) => message);
      throw fail(rules.join('; '));
    }
    const { name } = checked.data;
    if (names.has(name)) {
      throw fail(`another repository has the name "${name}"`);
    }
    names.add(name);
    try {
      return parseRepository(checked.data, httpOnLoopback);
    } catch (error) {
      throw fail(isError(error) ? error.message : String(error));
    }
  });
}

function readInterval(config: Config): number {
  const setting = `${ROOT}.refreshInterval`;
  if (!config.has(setting)) {
    return 15 * MINUTE_MS;
  }
  const interval = durationToMilliseconds(
    readDurationFromConfig(config, { key: setting }),
  );
  if (!(interval >= MINUTE_MS && interval <= 24 * 60 * MINUTE_MS)) {
    throw new InputError(`${setting} must be from a minute to a day`);
  }
  return interval;
}

function readMaxIndexBytes(config: Config): number {
  const setting = `${ROOT}.maxIndexBytes`;
  const most = 256 * MEBIBYTE;
  const bytes = config.getOptionalNumber(setting) ?? 64 * MEBIBYTE;
  if (!Number.isInteger(bytes) || bytes < 1 || bytes > most) {
    throw new InputError(
      `${setting} is ${bytes}, but it must be a whole number from 1 to ${most}`,
    );
  }
  return bytes;
}
