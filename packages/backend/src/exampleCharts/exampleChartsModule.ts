import {
  coreServices,
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';
import { packCharts } from './packCharts';

const CHARTS = resolvePackagePath('backend', '../../examples/charts');
const PATH = '/example-charts';

/** Serves the example charts as a chart repository, so that the dev portal has one without the internet. */
export const exampleChartsModule = createBackendModule({
  pluginId: 'berth',
  moduleId: 'example-charts',
  register(registration) {
    registration.registerInit({
      deps: { http: coreServices.rootHttpRouter },
      async init({ http }) {
        const { index, archives } = await packCharts(CHARTS);
        const router = Router();
        router.get('/index.yaml', (_, response) => {
          response.type('application/yaml').send(index);
        });
        router.get('/:file', ({ params }, response) => {
          const archive = archives.get(params.file);
          if (archive) {
            response.type('application/gzip').send(archive);
          } else {
            response.status(404).end();
          }
        });
        http.use(PATH, router);
      },
    });
  },
});
