import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/**
 * The people who see clusters and namespaces in another part of the portal.
 *
 * - `policy`: the people that the portal's permission policy allows. The policy must apply Berth's own rule, that
 *   people see what their groups have; a policy that allows everything shows everything
 * - `everybody`: everybody who can sign in
 *
 * @public
 */
export type Visibility = 'policy' | 'everybody';

/**
 * Reads a setting such as `berth.catalog.visibility`.
 *
 * @returns undefined if the setting is missing; then the caller must show nothing
 * @throws InputError if it has another value, or is `policy` while permissions are disabled
 * @public
 */
export function readVisibility(
  config: RootConfigService,
  setting: string,
): Visibility | undefined {
  const value = config.getOptionalString(setting);
  if (value !== undefined && value !== 'policy' && value !== 'everybody') {
    throw new InputError(
      `${setting} is ${JSON.stringify(
        value,
      )}, but must be "policy" or "everybody"`,
    );
  }
  if (value === 'policy' && !config.getOptionalBoolean('permission.enabled')) {
    throw new InputError(
      `${setting} is "policy", but permission.enabled is not true, so no policy is asked`,
    );
  }
  return value;
}
