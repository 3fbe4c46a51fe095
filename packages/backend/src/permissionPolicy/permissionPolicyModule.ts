import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { BerthVisibility } from '@berth/plugin-catalog-backend-module-berth';
import { PortalPolicy } from './PortalPolicy';

/** The permission policy of the dev portal. */
export const permissionPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'portal-policy',
  register(registration) {
    registration.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ auth, catalog, config, policy }) {
        policy.setPolicy(
          new PortalPolicy(
            BerthVisibility.fromConfig(config, { auth, catalog }),
          ),
        );
      },
    });
  },
});
