import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
if (process.env.NODE_ENV !== 'production') {
  backend.add(import('./developmentAuth'));
}

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@berth/plugin-catalog-backend-module-berth'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissionPolicy'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@berth/plugin-kubernetes-backend-module-berth'));

backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@berth/plugin-scaffolder-backend-module-berth'));
if (process.env.NODE_ENV !== 'production') {
  backend.add(import('./exampleFiles'));
}

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@berth/plugin-search-backend-module-berth'));

backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@berth/plugin-berth-backend'));
if (process.env.NODE_ENV !== 'production') {
  backend.add(import('./exampleCharts'));
}

backend.start();
