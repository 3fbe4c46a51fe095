import { LoggerService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { Knex } from 'knex';
import { DatabaseKeyStore } from './DatabaseKeyStore';
import { DefaultKeyRingOptions } from './DefaultKeyRing';
import { KeyPolicy } from './keyChanges';
import { KeyCipher } from '../../crypto/KeyCipher';
import { KEY_ALGORITHMS, KeyAlgorithm } from './types';

const MINIMUM_ROTATION_INTERVAL = { hours: 1 };

export interface KeyRingSettings {
  config: Config;
  database: Knex;
  encryptionSecrets: string[];
  logger: LoggerService;
  production: boolean;
}

/** Creates the parts of a key ring from `berth.keys`. */
export function readKeyRingOptions({
  config,
  database,
  encryptionSecrets,
  logger,
  production,
}: KeyRingSettings): DefaultKeyRingOptions {
  const cipher = KeyCipher.fromSecrets({
    secrets: encryptionSecrets,
    production,
  });
  return {
    store: new DatabaseKeyStore(database, cipher),
    cipher,
    policy: readKeyPolicy(config),
    logger,
  };
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
