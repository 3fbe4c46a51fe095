import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { berthKubernetesAuthProvidersFactory } from './authProvidersFactory';

/** In place of the Kubernetes plugin's own of that name. */
const authProviders = ApiBlueprint.make({
  name: 'auth-providers',
  params: defineParams => defineParams(berthKubernetesAuthProvidersFactory),
});

/**
 * Lets the pages of the Kubernetes plugin show Berth's clusters as the signed-in person sees them.
 *
 * @public
 */
export const kubernetesModuleBerth = createFrontendModule({
  pluginId: 'kubernetes',
  extensions: [authProviders],
});
