import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './modules/home';
import { navigationModule } from './modules/navigation';
import { signInModule } from './modules/signIn';

/** Creates the dev portal, which finds plugins by `app.packages` in the config. */
export function createPortal() {
  return createApp({
    features: [homeModule, navigationModule, signInModule],
  });
}
