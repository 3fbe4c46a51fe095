import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/**
 * To whom another part of the portal shows clusters and namespaces.
 *
 * - `policy`: to whom the portal's permission policy says, which must say as much: Berth's own rule, that
 *   people see what their groups hold, is no part of a policy that just allows
 * - `everybody`: to everybody who can sign in
 *
 * @public
 */
export type Visibility = 'policy' | 'everybody';

/**
 * Reads a setting such as `berth.catalog.visibility`.
 *
 * @returns undefined if nothing is said, in which case nothing may be shown
 * @throws InputError if it is neither, or `policy` where permissions are off
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
