import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { createBerthClient } from '@berth/plugin-berth-node';
import { BerthEntityProvider } from './provider/BerthEntityProvider';
import { KnownEntities } from './provider/KnownEntities';
import { readProviderOptions } from './provider/readProviderOptions';
import { createEntityRule } from './visibility/entityRule';
import { GroupTags } from './visibility/GroupTags';

/**
 * Adds Berth's clusters and namespaces to the catalog. `berth.catalog.visibility` decides who sees them.
 *
 * @public
 */
export const catalogModuleBerth = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'berth',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        permissionsRegistry: coreServices.permissionsRegistry,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        logger,
        permissionsRegistry,
        processing,
        scheduler,
      }) {
        const tags = GroupTags.fromConfig(config);
        // The rule exists even without entities: a policy that uses the rule must not fail because the rule is
        // missing.
        permissionsRegistry.addPermissionRules([createEntityRule(tags)]);

        const options = readProviderOptions(config, tags);
        if (!options) {
          logger.warn(
            'Clusters and namespaces are not in the catalog, because berth.catalog.visibility is not set. Set it to "policy" or "everybody"',
          );
          return;
        }
        processing.addEntityProvider(
          BerthEntityProvider.create({
            directory: createBerthClient({ auth, discovery }),
            entities: options.entities,
            known: KnownEntities.create({ auth, catalog }),
            logger,
            schedule: scheduler.createScheduledTaskRunner(options.schedule),
          }),
        );
      },
    });
  },
});
