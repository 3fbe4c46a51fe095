import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { createEntityRule } from './visibility/entityRule';
import { HolderTags } from './visibility/HolderTags';

/**
 * Brings Berth's clusters and namespaces into the catalog.
 *
 * @public
 */
export const catalogModuleBerth = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'berth',
  register(registration) {
    registration.registerInit({
      deps: {
        config: coreServices.rootConfig,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ config, permissionsRegistry }) {
        const tags = HolderTags.fromConfig(config);
        permissionsRegistry.addPermissionRules([createEntityRule(tags)]);
      },
    });
  },
});
