import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { Knex } from 'knex';
import {
  developmentSecretFile,
  loadOrCreateDevelopmentSecret,
  generateDevelopmentSecret,
  readDevelopmentSecret,
} from './developmentSecret';

const SETTING = 'berth.keys.encryptionSecret';

export interface FindEncryptionSecretsOptions {
  config: Config;
  production: boolean;
  /** The backend's working directory. */
  directory?: string;
}

/**
 * Finds the secrets of `berth.keys.encryptionSecret`. If the setting is missing, development gets the secret that
 * a backend stored for it. Production gets none, so that it does not start.
 */
export async function findEncryptionSecrets({
  config,
  production,
  directory = process.cwd(),
}: FindEncryptionSecretsOptions): Promise<string[]> {
  const configured = readEncryptionSecrets(config);
  if (configured.length > 0 || production) {
    return configured;
  }
  const kept = await readDevelopmentSecret(developmentSecretFile(directory));
  return kept === undefined ? [] : [kept];
}

/**
 * Finds the secrets for a backend. In development, creates and stores a secret at the first start. An in-memory
 * database loses all encrypted data when the backend ends, so nothing is stored for it.
 */
export async function provideEncryptionSecrets(
  options: FindEncryptionSecretsOptions & {
    database: Knex;
    logger: LoggerService;
  },
): Promise<string[]> {
  const { config, database, directory, logger, production } = options;
  const configured = readEncryptionSecrets(config);
  if (configured.length > 0 || production) {
    return configured;
  }
  if (isInMemory(database)) {
    warn(logger, 'a random secret that ends with this process');
    return [generateDevelopmentSecret()];
  }
  const file = developmentSecretFile(directory ?? process.cwd());
  const secret = await loadOrCreateDevelopmentSecret(file);
  warn(logger, `the random secret in ${file}`);
  return [secret];
}

function readEncryptionSecrets(config: Config): string[] {
  const value = config.getOptional(SETTING);
  if (Array.isArray(value)) {
    return config.getStringArray(SETTING);
  }
  return value === undefined ? [] : [config.getString(SETTING)];
}

function isInMemory(database: Knex): boolean {
  const { filename } = { ...database.client.config.connection };
  return filename === ':memory:';
}

function warn(logger: LoggerService, used: string) {
  logger.warn(
    `${SETTING} is not set, so development uses ${used}. Production does not start without the setting: set it to at least 32 random characters, such as the output of \`openssl rand -base64 32\``,
  );
}
