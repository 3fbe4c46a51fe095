import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ConnectionStrategyFactory } from './ConnectionStrategy';

/**
 * Accepts connection strategies in addition to the built-in `oidc` and `serviceAccount`.
 *
 * @public
 */
export interface BerthConnectionStrategiesExtensionPoint {
  /**
   * @param name - the value of `connection` in clusters: letters, digits and hyphens
   * @throws Error if the name is taken or malformed
   */
  addConnectionStrategy(name: string, factory: ConnectionStrategyFactory): void;
}

/**
 * The extension point for modules that add a connection strategy.
 *
 * @example
 * ```ts
 * createBackendModule({
 * pluginId: 'berth',
 * moduleId: 'connection-example',
 * register(env) {
 * env.registerInit({
 * deps: { strategies: berthConnectionStrategiesExtensionPoint },
 * async init({ strategies }) {
 * strategies.addConnectionStrategy('example', () => new ExampleStrategy());
 * },
 * });
 * },
 * });
 * ```
 * @public
 */
export const berthConnectionStrategiesExtensionPoint =
  createExtensionPoint<BerthConnectionStrategiesExtensionPoint>({
    id: 'berth.connection-strategies',
  });
