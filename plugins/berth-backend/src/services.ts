import { coreServices, ServiceRef } from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';

/** The portal's services that Berth uses. */
export const serviceRefs = {
  actionsRegistry: actionsRegistryServiceRef,
  auditor: coreServices.auditor,
  auth: coreServices.auth,
  catalog: catalogServiceRef,
  config: coreServices.rootConfig,
  database: coreServices.database,
  discovery: coreServices.discovery,
  httpAuth: coreServices.httpAuth,
  httpRouter: coreServices.httpRouter,
  lifecycle: coreServices.lifecycle,
  logger: coreServices.logger,
  metrics: metricsServiceRef,
  notifications: notificationService,
  permissions: coreServices.permissions,
  permissionsRegistry: coreServices.permissionsRegistry,
  rootHttpRouter: coreServices.rootHttpRouter,
  scheduler: coreServices.scheduler,
  signals: signalsServiceRef,
};

/** The instances of these services. */
export type BerthServices = {
  [Name in keyof typeof serviceRefs]: (typeof serviceRefs)[Name] extends ServiceRef<
    infer Service,
    any,
    any
  >
    ? Service
    : never;
};
