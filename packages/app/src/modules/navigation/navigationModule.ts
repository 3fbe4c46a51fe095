import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { navigationContent } from './NavigationContent';

export const navigationModule = createFrontendModule({
  pluginId: 'app',
  extensions: [navigationContent],
});
