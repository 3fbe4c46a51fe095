import { IncomingHttpHeaders } from 'node:http';
import { forbiddenBy } from '../authorization/forbidden';
import { RbacAuthorizer } from '../authorization/RbacAuthorizer';
import { Attributes } from '../authorization/rules';
import { StatusError } from '../status';
import { UserInfo } from '../types';
import { withAuthenticated } from './Authenticator';

const AUTHENTICATION = 'authentication.k8s.io';

/**
 * Returns the user that a request acts as: its own user, or the user of the `Impersonate-*` headers, if the caller
 * may impersonate that user.
 *
 * @throws StatusError 403 for users and groups that the caller may not impersonate, 500 for groups or extras
 *   without a user
 */
export function impersonate(
  authorizer: RbacAuthorizer,
  caller: UserInfo,
  headers: IncomingHttpHeaders,
  groups: string[],
): UserInfo {
  const username = single(headers['impersonate-user']);
  const uid = single(headers['impersonate-uid']);
  const extra = Object.entries(headers).filter(([name]) =>
    name.startsWith('impersonate-extra-'),
  );
  if (!username) {
    if (groups.length || uid || extra.length) {
      throw new StatusError(
        500,
        'InternalError',
        'Internal error occurred: requested impersonation of groups, uid or extra without impersonating a user',
      );
    }
    return caller;
  }
  const check = (resource: Attributes['resource']) => {
    const attributes = { user: caller, verb: 'impersonate', resource };
    const { allowed, reason } = authorizer.authorize(attributes);
    if (!allowed) {
      throw forbiddenBy(attributes, reason);
    }
  };
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(username);
  check(
    account
      ? {
          group: '',
          plural: 'serviceaccounts',
          namespace: account[1],
          name: account[2],
        }
      : { group: '', plural: 'users', name: username },
  );
  groups.forEach(name => check({ group: '', plural: 'groups', name }));
  if (uid) {
    check({ group: AUTHENTICATION, plural: 'uids', name: uid });
  }
  const extras: Record<string, string[]> = {};
  for (const [header, value] of extra) {
    const key = header.slice('impersonate-extra-'.length);
    const values = [value ?? []].flat();
    values.forEach(name =>
      check({
        group: AUTHENTICATION,
        plural: 'userextras',
        subresource: key,
        name,
      }),
    );
    extras[key] = values;
  }
  const user: UserInfo = {
    username,
    groups:
      account && groups.length === 0
        ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`]
        : groups,
    ...(uid && { uid }),
    ...(extra.length && { extra: extras }),
  };
  return username === 'system:anonymous' ? user : withAuthenticated(user);
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
