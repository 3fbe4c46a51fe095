import { Config } from '@backstage/config';
import { ConfigSources, StaticConfigSource } from '@backstage/config-loader';

const UNREACHABLE_AFTER_MS = 10_000;

/**
 * The settings that differ from the backend's: a command that repairs keys creates no database and does not wait
 * for one.
 */
const OVERRIDES = {
  backend: {
    database: {
      ensureExists: false,
      ensureSchemaExists: false,
      knexConfig: { acquireConnectionTimeout: UNREACHABLE_AFTER_MS },
    },
  },
};

/**
 * Reads the configuration like the backend.
 *
 * @param files - paths; `app-config.yaml` and `app-config.local.yaml` by default
 */
export async function loadConfig(files: string[]): Promise<Config> {
  const config = await ConfigSources.toConfig(
    ConfigSources.merge([
      ConfigSources.default({
        argv: files.flatMap(file => ['--config', file]),
        watch: false,
      }),
      StaticConfigSource.create({ data: OVERRIDES, context: 'berth-keys' }),
    ]),
  );
  config.close();
  return config;
}
