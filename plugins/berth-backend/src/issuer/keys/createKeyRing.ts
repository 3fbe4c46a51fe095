import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { Knex } from 'knex';
import { DatabaseKeyStore } from './DatabaseKeyStore';
import { DefaultKeyRing } from './DefaultKeyRing';
import { KeyPolicy } from './keyChanges';
import { KeyCipher } from './KeyCipher';
import { KEY_ALGORITHMS, KeyAlgorithm } from './types';

const MINIMUM_ROTATION_INTERVAL = { hours: 1 };

export interface CreateKeyRingOptions {
  config: Config;
  database: Knex;
  logger: LoggerService;
  scheduler: SchedulerService;
  production: boolean;
}

/** Builds the key ring from `berth.keys` and has one replica at a time look after it. */
export async function createKeyRing({
  config,
  database,
  logger,
  scheduler,
  production,
}: CreateKeyRingOptions): Promise<DefaultKeyRing> {
  const cipher = KeyCipher.fromSecrets({
    secrets: readSecrets(config),
    production,
  });
  const store = new DatabaseKeyStore(database, cipher);
  const policy = readKeyPolicy(config);
  const keyRing = await DefaultKeyRing.create({
    store,
    cipher,
    policy,
    logger,
  });
  await scheduler.scheduleTask({
    id: 'berth-signing-keys',
    scope: 'global',
    frequency: { minutes: 10 },
    initialDelay: { minutes: 10 },
    timeout: { minutes: 1 },
    fn: () => keyRing.maintain(),
  });
  return keyRing;
}

function readSecrets(config: Config): string[] {
  const key = 'berth.keys.encryptionSecret';
  const value = config.getOptional(key);
  if (Array.isArray(value)) {
    return config.getStringArray(key);
  }
  return value === undefined ? [] : [config.getString(key)];
}

/** @throws InputError naming the setting, its value and the rule */
export function readKeyPolicy(config: Config): KeyPolicy {
  const algorithm = config.getOptionalString('berth.keys.algorithm') ?? 'RS256';
  if (!isKeyAlgorithm(algorithm)) {
    throw new InputError(
      `berth.keys.algorithm is ${JSON.stringify(
        algorithm,
      )}, but it must be one of ${KEY_ALGORITHMS.join(', ')}`,
    );
  }
  const interval = config.has('berth.keys.rotationInterval')
    ? readDurationFromConfig(config, { key: 'berth.keys.rotationInterval' })
    : { days: 30 };
  const rotationIntervalMs = durationToMilliseconds(interval);
  if (rotationIntervalMs < durationToMilliseconds(MINIMUM_ROTATION_INTERVAL)) {
    throw new InputError(
      'berth.keys.rotationInterval must be at least an hour, as a key has to be published before and after it signs',
    );
  }
  return { algorithm, rotationIntervalMs };
}

function isKeyAlgorithm(text: string): text is KeyAlgorithm {
  return (KEY_ALGORITHMS as readonly string[]).includes(text);
}
