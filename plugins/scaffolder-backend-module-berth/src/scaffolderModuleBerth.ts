import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createAccessRequestAction,
  createHelmInstallAction,
  createNamespaceRequestAction,
  createPersonalNamespaceAction,
  createQuotaRequestAction,
} from './actions';

/**
 * Gives software templates the actions `berth:namespace:request`, `berth:quota:request`, `berth:access:request`,
 * `berth:personal-namespace:create` and `berth:helm:install`.
 *
 * @public
 */
export const scaffolderModuleBerth = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'berth',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, discovery }) {
        actions.addActions(
          createNamespaceRequestAction({ auth, discovery }),
          createQuotaRequestAction({ auth, discovery }),
          createAccessRequestAction({ auth, discovery }),
          createPersonalNamespaceAction({ auth, discovery }),
          createHelmInstallAction({ auth, discovery }),
        );
      },
    });
  },
});
