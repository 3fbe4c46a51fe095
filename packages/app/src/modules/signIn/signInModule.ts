import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

/**
 * Signs in as one of the example people, without a password. In production the backend refuses this provider,
 * and the config lists no people.
 */
const developmentSignInPage = SignInPageBlueprint.make({
  params: {
    loader: () =>
      import('./DevelopmentSignInPage').then(m => m.DevelopmentSignInPage),
  },
});

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [developmentSignInPage],
});
