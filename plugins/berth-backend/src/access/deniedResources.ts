import { InputError, NotAllowedError } from '@backstage/errors';
import { Config } from '@backstage/config';
import { quoteUntrusted } from '../text/quoteUntrusted';

const DENIED = /^[a-z0-9-]+(\.[a-z0-9.-]+)?(\/[a-z0-9-]+)?$/;

/**
 * Reads the resources that `berth.proxy.deny` takes away from all requests of people through the portal.
 *
 * @throws InputError naming the setting and the rule
 */
export function readDenied(config: Config): string[] {
  const denied = config.getOptionalStringArray('berth.proxy.deny') ?? [];
  const invalid = denied.find(entry => !DENIED.test(entry));
  if (invalid !== undefined) {
    throw new InputError(
      `berth.proxy.deny holds ${quoteUntrusted(
        invalid,
      )}, which is not a resource such as secrets, deployments.apps or nodes/stats`,
    );
  }
  return denied;
}

/**
 * @param deny - such as `secrets`, `deployments.apps` or `pods/log`
 * @param of - the group is empty for the core group
 * @throws NotAllowedError for a resource that the configuration takes away
 */
export function assertNotDenied(
  of: { group: string; resource: string; subresource?: string },
  deny: readonly string[],
): void {
  const { group, resource, subresource } = of;
  const names = [resource, ...(group === '' ? [] : [`${resource}.${group}`])];
  const denied = deny.find(entry =>
    names.some(
      name => entry === name || entry === `${name}/${subresource ?? ''}`,
    ),
  );
  if (denied !== undefined) {
    throw new NotAllowedError(
      `The portal does not pass on requests for ${denied}, by berth.proxy.deny`,
    );
  }
}
