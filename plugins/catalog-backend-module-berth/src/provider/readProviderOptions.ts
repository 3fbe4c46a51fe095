import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  RootConfigService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { readVisibility } from '@berth/plugin-berth-node';
import { EntityOptions } from '../entities/createEntity';
import { GroupTags } from '../visibility/GroupTags';

const SETTINGS = 'berth.catalog';

const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 15 },
  initialDelay: { seconds: 10 },
};

export interface ProviderOptions {
  entities: EntityOptions;
  schedule: SchedulerServiceTaskScheduleDefinition;
}

/**
 * Reads `berth.catalog`.
 *
 * @param tags - undefined without a secret to create them with
 * @returns undefined if `visibility` is not set, so that no entities are provided
 * @throws InputError if the settings contradict each other
 */
export function readProviderOptions(
  config: RootConfigService,
  tags: GroupTags | undefined,
): ProviderOptions | undefined {
  const visibility = readVisibility(config, `${SETTINGS}.visibility`);
  if (visibility === undefined) {
    return undefined;
  }
  if (visibility === 'policy' && !tags) {
    throw new InputError(
      `${SETTINGS}.visibility is "policy", which needs berth.keys.encryptionSecret`,
    );
  }
  const owner =
    config.getOptionalString(`${SETTINGS}.owner`) ??
    config.getOptionalStringArray('berth.admins')?.[0];
  if (owner === undefined) {
    throw new InputError(
      `Clusters need an owner in the catalog: set ${SETTINGS}.owner, or berth.admins`,
    );
  }
  return {
    entities: {
      appUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
      owner: stringifyEntityRef(
        parseEntityRef(owner, { defaultKind: 'group' }),
      ),
      ...(visibility === 'policy' && { tags }),
    },
    schedule: config.has(`${SETTINGS}.schedule`)
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          config.getConfig(`${SETTINGS}.schedule`),
        )
      : DEFAULT_SCHEDULE,
  };
}
