import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { createBerthClient, readVisibility } from '@berth/plugin-berth-node';
import { BerthCollatorFactory } from './BerthCollatorFactory';

const SETTINGS = 'berth.search';

const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 10 },
  timeout: { minutes: 15 },
  initialDelay: { seconds: 10 },
};

/**
 * Adds Berth's clusters and namespaces to the search. `berth.search.visibility` decides who finds them.
 *
 * @public
 */
export const searchModuleBerth = createBackendModule({
  pluginId: 'search',
  moduleId: 'berth',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        index: searchIndexRegistryExtensionPoint,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, index, logger, scheduler }) {
        const visibility = readVisibility(config, `${SETTINGS}.visibility`);
        if (visibility === undefined) {
          logger.warn(
            `Clusters and namespaces are not in the search, because ${SETTINGS}.visibility is not set. Set it to "policy" or "everybody"`,
          );
          return;
        }
        const schedule = config.has(`${SETTINGS}.schedule`)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
              config.getConfig(`${SETTINGS}.schedule`),
            )
          : DEFAULT_SCHEDULE;
        const options = {
          directory: createBerthClient({ auth, discovery }),
          visibility,
        };
        for (const factory of [
          BerthCollatorFactory.forClusters(options),
          BerthCollatorFactory.forNamespaces(options),
        ]) {
          index.addCollator({
            schedule: scheduler.createScheduledTaskRunner(schedule),
            factory,
          });
        }
      },
    });
  },
});
