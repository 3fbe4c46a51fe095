import {
  createApiFactory,
  gitlabAuthApiRef,
  googleAuthApiRef,
  identityApiRef,
  microsoftAuthApiRef,
  oktaAuthApiRef,
  oneloginAuthApiRef,
} from '@backstage/core-plugin-api';
import {
  KubernetesAuthProviders,
  kubernetesAuthProvidersApiRef,
} from '@backstage/plugin-kubernetes-react';
import { berthApiRef } from '@berth/plugin-berth';
import { BerthAuthProviders } from './BerthAuthProviders';
import { ClusterTokens } from './ClusterTokens';

/**
 * The Kubernetes plugin's source of tokens, with Berth's clusters added. Add it to the `apis` of an app in the legacy
 * frontend system; in the new system the module adds it.
 *
 * @public
 */
export const berthKubernetesAuthProvidersFactory = createApiFactory({
  api: kubernetesAuthProvidersApiRef,
  deps: {
    berth: berthApiRef,
    identity: identityApiRef,
    gitlab: gitlabAuthApiRef,
    google: googleAuthApiRef,
    microsoft: microsoftAuthApiRef,
    okta: oktaAuthApiRef,
    onelogin: oneloginAuthApiRef,
  },
  factory: ({ berth, identity, gitlab, google, microsoft, okta, onelogin }) =>
    BerthAuthProviders.create({
      tokens: ClusterTokens.create({
        berth,
        user: async () => (await identity.getBackstageIdentity()).userEntityRef,
      }),
      others: new KubernetesAuthProviders({
        microsoftAuthApi: microsoft,
        googleAuthApi: google,
        oidcProviders: { gitlab, google, microsoft, okta, onelogin },
      }),
    }),
});
