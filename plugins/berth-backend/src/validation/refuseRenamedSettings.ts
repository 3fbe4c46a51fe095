import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Renamed settings, by their former name. */
const RENAMED: Record<string, string> = {
  'berth.connections': 'berth.connectionStrategies',
  'berth.endpoints.allow': 'berth.allowedAddresses',
  'berth.registry.probeInterval': 'berth.clusterProbe.interval',
};

/** @throws InputError for a setting with a former name, which otherwise has no effect */
export function refuseRenamedSettings(config: Config): void {
  const renamed = Object.entries(RENAMED)
    .filter(([former]) => config.has(former))
    .map(([former, name]) => `${former} is now ${name}`);
  if (renamed.length > 0) {
    throw new InputError(
      `The configuration has settings that were renamed: ${renamed.join(
        ', ',
      )}. Rename them`,
    );
  }
}
