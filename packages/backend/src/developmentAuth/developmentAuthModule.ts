import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { assertDevelopment } from './assertDevelopment';
import { developmentAuthenticator } from './developmentAuthenticator';
import { readCatalogProfile } from './readCatalogProfile';

/**
 * Sign-in without a password: whoever can reach the backend becomes anyone in the catalog. Made for a
 * portal on the developer's own machine, so it refuses to start anywhere else.
 */
export const developmentAuthModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'development-provider',
  register(registration) {
    registration.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, logger, providers }) {
        assertDevelopment(process.env.NODE_ENV, config);
        logger.warn(
          'Development sign-in is on: everyone who reaches this backend can be anyone',
        );
        providers.registerProvider({
          providerId: 'development',
          factory: createProxyAuthProviderFactory({
            authenticator: developmentAuthenticator,
            profileTransform: ({ userRef }, context) =>
              readCatalogProfile(userRef, context),
            signInResolver: ({ result }, context) =>
              context.signInWithCatalogUser({ entityRef: result.userRef }),
          }),
        });
      },
    });
  },
});
