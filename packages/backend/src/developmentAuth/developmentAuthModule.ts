import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { assertDevelopment } from './assertDevelopment';
import { createDevelopmentAuthenticator } from './developmentAuthenticator';
import { readCatalogProfile } from './readCatalogProfile';

/**
 * Sign-in without a password: anyone who can reach the backend can sign in as any user in the catalog. It is
 * for a portal on the developer's own machine, and refuses to start anywhere else.
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
          'Development sign-in is on: anyone who can reach this backend can sign in as any user',
        );
        providers.registerProvider({
          providerId: 'development',
          factory: createProxyAuthProviderFactory({
            authenticator: createDevelopmentAuthenticator(config),
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
