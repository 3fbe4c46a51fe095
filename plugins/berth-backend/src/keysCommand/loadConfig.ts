import { Config } from '@backstage/config';
import { ConfigSources, StaticConfigSource } from '@backstage/config-loader';

const UNREACHABLE_AFTER_MS = 10_000;

/** Differences from the backend: a command that repairs keys creates no database and does not wait for one. */
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
 * Reads the configuration as the backend does.
 *
 * @param files - paths; `app-config.yaml` and `app-config.local.yaml` if there are none
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
