import { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';

/**
 * Refuses development sign-in outside development. Both the process and the configuration must declare
 * development, so that neither a forgotten variable nor a copied file opens a portal.
 *
 * @param nodeEnvironment - the value of `NODE_ENV`
 * @throws NotAllowedError naming the value that does not
 */
export function assertDevelopment(
  nodeEnvironment: string | undefined,
  config: Config,
): void {
  if (nodeEnvironment === 'production') {
    throw new NotAllowedError(
      'Development sign-in does not load in production (NODE_ENV is "production"). Remove the module from the backend and add a real auth provider',
    );
  }
  const environment = config.getOptionalString('auth.environment');
  if (environment !== 'development') {
    throw new NotAllowedError(
      `Development sign-in loads only where the config has auth.environment: development, but it is ${JSON.stringify(
        environment ?? 'not set',
      )}`,
    );
  }
}
