import {
  coreServices,
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { createIndexRouter, createRegistryRouter } from './exampleChartsRouter';
import { packCharts } from './packCharts';

const CHARTS = resolvePackagePath('backend', '../../examples/charts');
const PATH = '/example-charts';

/** Serves the example charts as a chart repository and as an OCI registry, so that the dev portal has both without the internet. */
export const exampleChartsModule = createBackendModule({
  pluginId: 'berth',
  moduleId: 'example-charts',
  register(registration) {
    registration.registerInit({
      deps: { http: coreServices.rootHttpRouter },
      async init({ http }) {
        const packed = await packCharts(CHARTS);
        http.use(PATH, createIndexRouter(packed));
        http.use(`/v2${PATH}`, createRegistryRouter(packed));
      },
    });
  },
});
