import { TOKEN_GROUPS } from '@berth/plugin-berth-common';
import { MANAGED_BY } from './managedBy';

/** The portal's account on clusters with the `serviceAccount` connection. */
export const SERVICE_ACCOUNT = {
  namespace: 'berth-system',
  name: 'reconciler',
  username: 'system:serviceaccount:berth-system:reconciler',
} as const;

/**
 * Returns the CEL expression that is true for requests of the portal. A JSON string is a valid CEL string, so a prefix
 * cannot be anything but a string.
 *
 * @param groupsPrefix - the prefix that the API server puts before the groups of tokens
 */
export function byThePortal(
  groupsPrefix: string,
  serviceAccount = false,
): string {
  const group = JSON.stringify(`${groupsPrefix}${TOKEN_GROUPS.reconciler}`);
  const carries = `has(request.userInfo.groups) && ${group} in request.userInfo.groups`;
  return serviceAccount
    ? `(${carries}) ||\n(has(request.userInfo.username) && request.userInfo.username == '${SERVICE_ACCOUNT.username}')`
    : carries;
}

/** Returns the CEL expression that is true if an object has Berth's label. */
export function isManaged(object: string): string {
  return [
    `${object} != null`,
    `has(${object}.metadata.labels)`,
    `'${MANAGED_BY.label}' in ${object}.metadata.labels`,
    `${object}.metadata.labels['${MANAGED_BY.label}'] == '${MANAGED_BY.value}'`,
  ].join(' &&\n');
}
