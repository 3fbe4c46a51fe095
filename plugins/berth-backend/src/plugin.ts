import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { readAdminGroups } from './access/adminGroups';
import { CatalogPersonResolver } from './access/CatalogPersonResolver';
import { openDatabase } from './database/migrate';
import { ISSUER_PATH, parseIssuerUrl } from './issuer/issuerUrl';
import { JoseTokenSigner } from './issuer/JoseTokenSigner';
import { createKeyRing } from './issuer/keys/createKeyRing';
import { createIssuerHandler } from './issuer/router';

/**
 * The Berth backend plugin.
 *
 * @public
 */
export const berthPlugin = createBackendPlugin({
  pluginId: 'berth',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        logger: coreServices.logger,
        rootHttpRouter: coreServices.rootHttpRouter,
        scheduler: coreServices.scheduler,
      },
      async init({
        catalog,
        config,
        database,
        logger,
        rootHttpRouter,
        scheduler,
      }) {
        const production = process.env.NODE_ENV === 'production';
        const issuer = parseIssuerUrl(
          config.getOptionalString('berth.issuer') ??
            `${config.getString('backend.baseUrl')}${ISSUER_PATH}`,
          { production },
        );
        const client = await openDatabase(database);
        const keyRing = await createKeyRing({
          config,
          database: client,
          logger,
          scheduler,
          production,
        });
        rootHttpRouter.use(
          ISSUER_PATH,
          createIssuerHandler({ issuer, keyRing }),
        );
        const signer = new JoseTokenSigner({ issuer, keyRing });
        const people = new CatalogPersonResolver({
          catalog,
          adminGroups: readAdminGroups(config, logger),
        });
        void signer;
        void people;
      },
    });
  },
});
