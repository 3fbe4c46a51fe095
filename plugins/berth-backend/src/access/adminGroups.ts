import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Reads `berth.admins`: entity refs of groups. The kind `group` and the namespace `default` may be omitted. If
 * there are none, Berth has no admins and logs a warning.
 *
 * @throws InputError naming the value that is not the ref of a group
 */
export function readAdminGroups(
  config: Config,
  logger: LoggerService,
): Set<string> {
  const refs = config.getOptionalStringArray('berth.admins') ?? [];
  if (refs.length === 0) {
    logger.warn(
      'berth.admins is empty, so nobody can register or share clusters. Set it to the groups of your platform admins, such as [group:default/platform]',
    );
  }
  return new Set(refs.map(ref => parseGroupRef('berth.admins', ref)));
}

/**
 * Reads `berth.auditors`: entity refs of the groups whose members read everything in Berth and change nothing, in
 * the same form as `berth.admins`.
 *
 * @throws InputError naming the value that is not the ref of a group
 */
export function readAuditorGroups(config: Config): Set<string> {
  const refs = config.getOptionalStringArray('berth.auditors') ?? [];
  return new Set(refs.map(ref => parseGroupRef('berth.auditors', ref)));
}

function parseGroupRef(setting: string, text: string): string {
  const ref = parseEntityRef(text, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  if (ref.kind.toLowerCase() !== 'group') {
    throw new InputError(
      `${setting} has ${JSON.stringify(text)}, which is not a group`,
    );
  }
  return stringifyEntityRef(ref);
}
