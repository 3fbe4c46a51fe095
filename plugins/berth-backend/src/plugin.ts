import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  berthConnectionStrategiesExtensionPoint,
  ConnectionStrategyFactory,
} from '@berth/plugin-berth-node';
import { serviceRefs } from './services';
import { startBerth } from './startBerth';

/**
 * The Berth backend plugin.
 *
 * @public
 */
export const berthPlugin = createBackendPlugin({
  pluginId: 'berth',
  register(env) {
    const extensions = new Map<string, ConnectionStrategyFactory>();
    env.registerExtensionPoint(berthConnectionStrategiesExtensionPoint, {
      addConnectionStrategy(name, factory) {
        if (extensions.has(name)) {
          throw new Error(
            `Two modules add a connection strategy with the name "${name}"; only one may`,
          );
        }
        extensions.set(name, factory);
      },
    });
    env.registerInit({
      deps: serviceRefs,
      init: services => startBerth(services, extensions),
    });
  },
});
