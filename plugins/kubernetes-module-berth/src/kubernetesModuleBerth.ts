import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { berthKubernetesAuthProvidersFactory } from './authProvidersFactory';

/** Replaces the Kubernetes plugin's own extension of that name. */
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
