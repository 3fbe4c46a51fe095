import { forbidden, StatusError } from '../status';
import { Attributes } from './rules';

/** Returns a 403 with the API server's exact message. */
export function forbiddenBy(
  attributes: Attributes,
  reason: string,
): StatusError {
  const { user, verb, resource, path } = attributes;
  const who = `User ${JSON.stringify(user.username)}`;
  const why = reason ? `: ${reason}` : '';
  if (!resource) {
    return new StatusError(
      403,
      'Forbidden',
      `forbidden: ${who} cannot ${verb} path ${JSON.stringify(path)}${why}`,
      {},
    );
  }
  const { group, plural, subresource, namespace, name } = resource;
  const full = subresource ? `${plural}/${subresource}` : plural;
  const where = namespace
    ? `in the namespace ${JSON.stringify(namespace)}`
    : 'at the cluster scope';
  return forbidden(
    { group, plural },
    name ?? '',
    `${who} cannot ${verb} resource ${JSON.stringify(
      full,
    )} in API group ${JSON.stringify(group)} ${where}${why}`,
  );
}
