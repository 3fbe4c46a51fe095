import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createPublishAction } from './createPublishAction';
import { ExampleFiles } from './ExampleFiles';

const PATH = '/example-files';

/**
 * Gives templates of the dev portal the action `example:publish` in place of one that publishes to a Git host, so that
 * the catalog can register what a template wrote. The files are in memory.
 */
export const exampleFilesModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'example-files',
  register(registration) {
    registration.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        config: coreServices.rootConfig,
        http: coreServices.rootHttpRouter,
      },
      async init({ actions, config, http }) {
        const files = new ExampleFiles();
        http.use(PATH, files.router());
        actions.addActions(
          createPublishAction({
            files,
            baseUrl: `${config.getString('backend.baseUrl')}${PATH}`,
          }),
        );
      },
    });
  },
});
